// Bytes come from a buffer that gzread() fills; zlib passes a plain file through unchanged.

#include "bench/input/csv_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { BUFFER = 64 << 10, NO_BYTE = -1 };

struct csv_reader {
    gzFile file;
    unsigned char buffer[BUFFER];
    size_t at, filled;
    bool failed; // zlib has reported an error
    unsigned line, column;
    char text[CSV_ROW_MAX];
    size_t used;
    struct csv_cell cells[CSV_CELLS_MAX];
    size_t count;
    struct csv_problem problem; // of this row; expected NULL: none
};

static int open_regular(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) return -1;
    if (S_ISREG(status.st_mode)) return open(path, O_RDONLY | O_CLOEXEC);
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return -1;
}

struct csv_reader *csv_reader_open(const char *path)
{
    int descriptor = open_regular(path);
    if (descriptor < 0) return NULL;
    struct csv_reader *csv = calloc(1, sizeof *csv);
    gzFile file = csv ? gzdopen(descriptor, "rb") : NULL;
    if (!file) {
        free(csv);
        close(descriptor);
        errno = ENOMEM;
        return NULL;
    }
    csv->file = file;
    csv->line = csv->column = 1;
    return csv;
}

void csv_reader_close(struct csv_reader *csv)
{
    if (!csv) return;
    gzclose(csv->file);
    free(csv);
}

void csv_reader_rewind(struct csv_reader *csv)
{
    csv->failed = gzrewind(csv->file) != 0;
    csv->at = csv->filled = 0;
    csv->line = csv->column = 1;
}

static void refill(struct csv_reader *csv)
{
    int got = csv->failed ? 0 : gzread(csv->file, csv->buffer, BUFFER);
    int error = Z_OK;
    if (got <= 0) gzerror(csv->file, &error);
    if (got < 0 || (error != Z_OK && error != Z_STREAM_END)) csv->failed = true;
    csv->at = 0;
    csv->filled = got > 0 ? (size_t)got : 0;
}

static int peek(struct csv_reader *csv)
{
    if (csv->at == csv->filled) refill(csv);
    return csv->at < csv->filled ? csv->buffer[csv->at] : NO_BYTE;
}

static int take(struct csv_reader *csv)
{
    int byte = peek(csv);
    if (byte == NO_BYTE) return byte;
    csv->at++;
    if (byte == '\n') {
        csv->line++;
        csv->column = 1;
    } else if ((byte & 0xC0) != 0x80) {
        csv->column++;
    }
    return byte;
}

static bool accept(struct csv_reader *csv, int byte)
{
    if (peek(csv) != byte) return false;
    take(csv);
    return true;
}

// The first problem of a row counts.
static void complain_at(struct csv_reader *csv, unsigned line, unsigned column,
                        const char *expected, const char *got)
{
    if (csv->problem.expected) return;
    csv->problem = (struct csv_problem){line, column, expected, got};
}

static void complain(struct csv_reader *csv, const char *expected, const char *got)
{
    complain_at(csv, csv->line, csv->column, expected, got);
}

static void keep(struct csv_reader *csv)
{
    bool fits = csv->used + 1 < CSV_ROW_MAX;
    if (!fits) complain(csv, "a row of at most 64 KiB", "more");
    int byte = take(csv);
    if (fits) csv->text[csv->used++] = (char)byte;
}

static bool is_end_of_line(struct csv_reader *csv)
{
    int byte = peek(csv);
    return byte == '\n' || byte == '\r' || byte == NO_BYTE;
}

static void read_quoted(struct csv_reader *csv)
{
    unsigned line = csv->line, column = csv->column;
    take(csv);
    for (;;) {
        int byte = peek(csv);
        if (byte == NO_BYTE) {
            complain_at(csv, line, column, "a closing quote for this one", "the end of the file");
            return;
        }
        if (byte == 0) complain(csv, "text", "a NUL byte");
        if (byte == '"') take(csv);
        if (byte == '"' && peek(csv) != '"') break;
        keep(csv);
    }
    if (peek(csv) != ',' && !is_end_of_line(csv))
        complain(csv, "a comma or the end of the line after the closing quote", "other text");
}

// Up to a comma or the end of the line.
static void read_plain(struct csv_reader *csv)
{
    while (peek(csv) != ',' && !is_end_of_line(csv)) {
        if (peek(csv) == 0) complain(csv, "text", "a NUL byte");
        if (peek(csv) == '"') complain(csv, "quotes around the whole cell", "one inside it");
        keep(csv);
    }
}

static void read_cell(struct csv_reader *csv)
{
    struct csv_cell cell = {csv->text + csv->used, csv->line, csv->column};
    if (peek(csv) == '"') read_quoted(csv);
    read_plain(csv);
    csv->text[csv->used] = '\0';
    if (csv->used + 1 < CSV_ROW_MAX) csv->used++;
    if (csv->count < CSV_CELLS_MAX)
        csv->cells[csv->count++] = cell;
    else
        complain(csv, "a row of at most 1024 cells", "more");
}

static void read_row(struct csv_reader *csv)
{
    do
        read_cell(csv);
    while (accept(csv, ','));
    accept(csv, '\r');
    if (peek(csv) != '\n' && peek(csv) != NO_BYTE)
        complain(csv, "a line feed after the carriage return", "other text");
    while (peek(csv) != '\n' && peek(csv) != NO_BYTE)
        take(csv);
    accept(csv, '\n');
}

static void skip_mark(struct csv_reader *csv)
{
    bool first = csv->line == 1 && csv->column == 1 && peek(csv) == 0xEF;
    if (first && csv->filled >= 3 && memcmp(csv->buffer, "\xEF\xBB\xBF", 3) == 0) csv->at = 3;
}

static bool is_blank(const struct csv_reader *csv)
{
    return csv->count == 1 && csv->used <= 1 && !csv->problem.expected;
}

static enum csv_status next(struct csv_reader *csv)
{
    skip_mark(csv);
    do {
        if (peek(csv) == NO_BYTE) break;
        csv->used = csv->count = 0;
        csv->problem = (struct csv_problem){0};
        read_row(csv);
        if (!csv->failed && !is_blank(csv)) return csv->problem.expected ? CSV_BAD : CSV_ROW;
    } while (!csv->failed);
    if (!csv->failed) return CSV_END;
    csv->problem = (struct csv_problem){0};
    complain(csv, "readable data", "a damaged or cut-off gzip file");
    return CSV_BROKEN;
}

enum csv_status csv_reader_next(struct csv_reader *csv, struct csv_row *row,
                                struct csv_problem *problem)
{
    enum csv_status status = next(csv);
    *row = (struct csv_row){csv->cells, csv->count};
    *problem = csv->problem;
    return status;
}
