#include "bench/input/csv_reader.h"

#include <stdbool.h>
#include <stdlib.h>

#include "bench/input/bytes.h"

struct csv_reader {
    struct bytes bytes;
    char text[CSV_ROW_MAX];
    size_t used;
    struct csv_cell cells[CSV_CELLS_MAX];
    size_t count;
    struct csv_problem problem; // of this row; expected NULL: none
};

struct csv_reader *csv_reader_open(const char *path)
{
    struct csv_reader *csv = calloc(1, sizeof *csv);
    if (csv && bytes_open(&csv->bytes, path)) return csv;
    free(csv);
    return NULL;
}

void csv_reader_close(struct csv_reader *csv)
{
    if (!csv) return;
    bytes_close(&csv->bytes);
    free(csv);
}

void csv_reader_rewind(struct csv_reader *csv)
{
    bytes_rewind(&csv->bytes);
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
    complain_at(csv, csv->bytes.line, csv->bytes.column, expected, got);
}

static void keep(struct csv_reader *csv)
{
    bool fits = csv->used + 1 < CSV_ROW_MAX;
    if (!fits) complain(csv, "a row of at most 64 KiB", "more");
    int byte = bytes_take(&csv->bytes);
    if (fits) csv->text[csv->used++] = (char)byte;
}

static bool is_end_of_line(struct csv_reader *csv)
{
    int byte = bytes_peek(&csv->bytes);
    return byte == '\n' || byte == '\r' || byte == NO_BYTE;
}

static void read_quoted(struct csv_reader *csv)
{
    unsigned line = csv->bytes.line, column = csv->bytes.column;
    bytes_take(&csv->bytes);
    for (;;) {
        int byte = bytes_peek(&csv->bytes);
        if (byte == NO_BYTE) {
            complain_at(csv, line, column, "a closing quote for this one", "the end of the file");
            return;
        }
        if (byte == 0) complain(csv, "text", "a NUL byte");
        if (byte == '"') bytes_take(&csv->bytes);
        if (byte == '"' && bytes_peek(&csv->bytes) != '"') break;
        keep(csv);
    }
    if (bytes_peek(&csv->bytes) != ',' && !is_end_of_line(csv))
        complain(csv, "a comma or the end of the line after the closing quote", "other text");
}

// Up to a comma or the end of the line.
static void read_plain(struct csv_reader *csv)
{
    while (bytes_peek(&csv->bytes) != ',' && !is_end_of_line(csv)) {
        if (bytes_peek(&csv->bytes) == 0) complain(csv, "text", "a NUL byte");
        if (bytes_peek(&csv->bytes) == '"')
            complain(csv, "quotes around the whole cell", "one inside it");
        keep(csv);
    }
}

static void read_cell(struct csv_reader *csv)
{
    struct csv_cell cell = {csv->text + csv->used, csv->bytes.line, csv->bytes.column};
    if (bytes_peek(&csv->bytes) == '"') read_quoted(csv);
    read_plain(csv);
    csv->text[csv->used] = '\0';
    if (csv->used + 1 < CSV_ROW_MAX) csv->used++;
    if (csv->count < CSV_CELLS_MAX)
        csv->cells[csv->count++] = cell;
    else
        complain(csv, "a row of at most 2048 cells", "more");
}

static void read_row(struct csv_reader *csv)
{
    do
        read_cell(csv);
    while (bytes_accept(&csv->bytes, ','));
    bytes_accept(&csv->bytes, '\r');
    if (bytes_peek(&csv->bytes) != '\n' && bytes_peek(&csv->bytes) != NO_BYTE)
        complain(csv, "a line feed after the carriage return", "other text");
    while (bytes_peek(&csv->bytes) != '\n' && bytes_peek(&csv->bytes) != NO_BYTE)
        bytes_take(&csv->bytes);
    bytes_accept(&csv->bytes, '\n');
}

static bool is_blank(const struct csv_reader *csv)
{
    return csv->count == 1 && csv->used <= 1 && !csv->problem.expected;
}

static enum csv_status next(struct csv_reader *csv)
{
    bytes_skip_mark(&csv->bytes);
    do {
        if (bytes_peek(&csv->bytes) == NO_BYTE) break;
        csv->used = csv->count = 0;
        csv->problem = (struct csv_problem){0};
        read_row(csv);
        if (!csv->bytes.failed && !is_blank(csv)) return csv->problem.expected ? CSV_BAD : CSV_ROW;
    } while (!csv->bytes.failed);
    if (!csv->bytes.failed) return CSV_END;
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
