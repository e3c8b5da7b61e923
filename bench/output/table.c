#include "bench/output/table.h"

#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/output/text.h"
#include "sim/check.h"

enum { GAP = 2, LEAST_FIRST = 12 };

struct row {
    enum table_style style;
    size_t used;  // cells
    char **cells; // one for each column, NULL from `used` on
};

struct table {
    size_t columns, count;
    struct row *rows;
};

struct table *table_create(size_t columns)
{
    struct table *t = memory_new(sizeof *t, 1);
    t->columns = columns;
    return t;
}

void table_row(struct table *table, enum table_style style)
{
    table->rows = memory_grow(table->rows, sizeof *table->rows, table->count + 1);
    char **cells = memory_new(sizeof *cells, table->columns);
    table->rows[table->count++] = (struct row){.style = style, .cells = cells};
}

void table_put(struct table *table, const char *text)
{
    SIM_CHECK(table->count > 0);
    struct row *row = &table->rows[table->count - 1];
    SIM_CHECK(row->used < table->columns);
    size_t size = strlen(text) + 1;
    row->cells[row->used++] = text_line(memory_new(size, 1), size, text);
}

static void measure(const struct table *t, size_t *widths)
{
    size_t total = 0;
    for (size_t r = 0; r < t->count; r++) {
        if (t->rows[r].used < 2) continue; // a heading or a text: it has the whole line
        for (size_t c = 0; c < t->rows[r].used; c++) {
            size_t width = text_width(t->rows[r].cells[c]);
            if (width > widths[c]) widths[c] = width;
        }
    }
    for (size_t c = 1; c < t->columns; c++)
        total += widths[c] + GAP;
    size_t left = total + LEAST_FIRST < TABLE_WIDTH ? TABLE_WIDTH - total : LEAST_FIRST;
    if (widths[0] > left) widths[0] = left;
}

// The number of bytes that hold so many characters.
static size_t bytes_of(const char *text, size_t characters)
{
    size_t bytes = 0;
    for (; text[bytes]; bytes++)
        if (((unsigned char)text[bytes] & 0xC0) != 0x80 && characters-- == 0) break;
    return bytes;
}

// Returns how many characters were printed.
static size_t print_short(FILE *out, const char *text, size_t width)
{
    size_t length = text_width(text);
    if (length <= width)
        fputs(text, out);
    else
        fprintf(out, "%.*s...", (int)bytes_of(text, width - 3), text);
    return length < width ? length : width;
}

static void print_row(const struct row *row, const size_t *widths, FILE *out, bool colour)
{
    bool bold = colour && row->style == TABLE_HEAD;
    if (row->style == TABLE_HEAD) fputc('\n', out);
    if (bold) fputs("\x1b[1m", out);
    size_t printed = 0, end = widths[0];
    if (row->used) printed = print_short(out, row->cells[0], row->used > 1 ? end : TABLE_WIDTH);
    for (size_t c = 1; c < row->used; c++) {
        end += GAP + widths[c];
        if (row->cells[c][0] == '\0') continue;
        size_t blanks = end - printed - text_width(row->cells[c]);
        fprintf(out, "%*s%s", (int)blanks, "", row->cells[c]);
        printed = end;
    }
    fputs(bold ? "\x1b[0m\n" : "\n", out);
}

void table_print(const struct table *table, FILE *out, bool colour)
{
    size_t *widths = memory_new(sizeof *widths, table->columns);
    measure(table, widths);
    for (size_t r = 0; r < table->count; r++) {
        const struct row *row = &table->rows[r];
        if (row->style == TABLE_TEXT && row->used > 0)
            table_wrap(out, (int)strspn(row->cells[0], " "), row->cells[0]);
        else
            print_row(row, widths, out, colour);
    }
    free(widths);
}

void table_free(struct table *table)
{
    for (size_t r = 0; r < table->count; r++) {
        for (size_t c = 0; c < table->rows[r].used; c++)
            free(table->rows[r].cells[c]);
        free(table->rows[r].cells);
    }
    free(table->rows);
    free(table);
}

void table_wrap(FILE *out, int indent, const char *text)
{
    size_t column = 0;
    while (*(text += strspn(text, " "))) {
        size_t bytes = strcspn(text, " "), width = 0;
        for (size_t i = 0; i < bytes; i++)
            width += ((unsigned char)text[i] & 0xC0) != 0x80;
        if (column && column + 1 + width > TABLE_WIDTH) {
            fputc('\n', out);
            column = 0;
        }
        fprintf(out, "%*s%.*s", column ? 1 : indent, "", (int)bytes, text);
        column += (column ? 1 : (size_t)indent) + width;
        text += bytes;
    }
    fputc('\n', out);
}
