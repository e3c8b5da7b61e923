#include "bench/explain/sheet.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "bench/input/json_text.h"
#include "sim/check.h"

enum { GAP = 2, LEAST_LAST = 30, BLOCK_NAME = 24, BLOCK_INDENT = 6, DETAIL_INDENT = 4 };

struct row {
    struct row *next;
    const char *cells[SHEET_COLUMNS];
    bool marked;
};

struct column {
    const char *name;
    enum sheet_column_kind kind;
};

struct sheet {
    struct arena *arena;
    struct reader reader;
    const char *topic, *about;
    bool blocks;
    struct column columns[SHEET_COLUMNS];
    size_t column_count, used; // cells of the last row
    size_t name, group;        // columns; group is SHEET_COLUMNS when there is none
    struct row *first, *last;
};

struct sheet *sheet_create(struct arena *arena, const char *topic, const char *about, bool blocks)
{
    struct sheet *sheet = arena_new(arena, struct sheet, 1);
    *sheet = (struct sheet){
        .arena = arena,
        .reader = {.arena = arena, .diag = diag_create(arena)},
        .topic = topic,
        .about = about,
        .blocks = blocks,
        .name = SHEET_COLUMNS,
        .group = SHEET_COLUMNS,
    };
    return sheet;
}

void sheet_column(struct sheet *sheet, const char *name, enum sheet_column_kind kind)
{
    SIM_CHECK(sheet->column_count < SHEET_COLUMNS && !sheet->first);
    size_t at = sheet->column_count++;
    sheet->columns[at] = (struct column){name, kind};
    if (kind == SHEET_GROUP)
        sheet->group = at;
    else if (sheet->name == SHEET_COLUMNS)
        sheet->name = at;
}

void sheet_row(struct sheet *sheet)
{
    struct row *row = arena_new(sheet->arena, struct row, 1);
    SIM_CHECK(!sheet->last || sheet->used == sheet->column_count);
    *(sheet->last ? &sheet->last->next : &sheet->first) = row;
    sheet->last = row;
    sheet->used = 0;
}

void sheet_put(struct sheet *sheet, const char *text)
{
    SIM_CHECK(sheet->last && sheet->used < sheet->column_count);
    sheet->last->cells[sheet->used++] = text && *text ? text : NULL;
}

const char *sheet_format(struct sheet *sheet, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    SIM_CHECK(length >= 0);
    char *text = arena_new(sheet->arena, char, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

const char *sheet_number(struct sheet *sheet, double number)
{
    char text[JSON_NUMBER_TEXT];
    if (isnan(number)) return NULL;
    return sheet_format(sheet, "%s", json_number_text(number, text));
}

const struct reader *sheet_reader(struct sheet *sheet)
{
    return &sheet->reader;
}

// Finding rows.

// Does this part of a group's path stand for any name or number?
static bool is_any(const char *pattern, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isupper((unsigned char)pattern[i])) return false;
    return length > 0;
}

// Does one part of a path, up to "/" or the end, stand for the other?
static bool part_fits(const char *pattern, size_t length, const char *part, size_t part_length)
{
    if (is_any(pattern, length)) return part_length > 0;
    return length == part_length && memcmp(pattern, part, length) == 0;
}

// The rest of `path` after what fits the group's path; NULL: it does not.
static const char *after_group(const char *group, const char *path)
{
    if (strcmp(group, "/") == 0) return path;
    while (*group == '/' && *path == '/') {
        size_t length = strcspn(++group, "/"), part = strcspn(++path, "/");
        if (!part_fits(group, length, path, part)) return NULL;
        group += length;
        path += part;
    }
    // A list, or an object of names, stands for its entries.
    bool entries = *group == '/' && !*path && is_any(group + 1, strlen(group + 1));
    return *group && !entries ? NULL : path;
}

static bool is_named(const struct sheet *sheet, const struct row *row, const char *word)
{
    if (row->cells[sheet->name] && strcasecmp(row->cells[sheet->name], word) == 0) return true;
    for (size_t i = 0; i < sheet->column_count; i++)
        if (sheet->columns[i].kind == SHEET_ALIAS && row->cells[i] &&
            strcasecmp(row->cells[i], word) == 0)
            return true;
    return false;
}

static bool fits(const struct sheet *sheet, const struct row *row, const char *word)
{
    if (*word != '/' || sheet->group == SHEET_COLUMNS) return is_named(sheet, row, word);
    const char *group = row->cells[sheet->group], *rest = after_group(group, word);
    if (!rest) return false;
    bool whole = *rest == '\0' || (rest == word && rest[1] == '\0');
    return whole || (*rest == '/' && is_named(sheet, row, rest + 1));
}

size_t sheet_mark(struct sheet *sheet, const char *word)
{
    size_t count = 0;
    for (struct row *row = sheet->first; row; row = row->next) {
        if (!fits(sheet, row, word)) continue;
        row->marked = true;
        count++;
    }
    return count;
}

void sheet_names(const struct sheet *sheet, void (*name)(void *context, const char *text),
                 void *context)
{
    for (const struct row *row = sheet->first; row; row = row->next)
        name(context, row->cells[sheet->name]);
}

// Text.

static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; text && *text; text++)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

static void blanks(FILE *out, size_t count)
{
    fprintf(out, "%*s", (int)count, "");
}

// The text's words from the present column on; further lines begin at `indent`.  Ends the line.
static void wrap(FILE *out, const char *text, size_t column, size_t indent)
{
    bool first = true;
    while (text && *(text += strspn(text, " "))) {
        size_t bytes = strcspn(text, " "), width = 0;
        for (size_t i = 0; i < bytes; i++)
            width += ((unsigned char)text[i] & 0xC0) != 0x80;
        if (!first && column + 1 + width > SHEET_WIDTH) {
            fputc('\n', out);
            blanks(out, indent);
            column = indent;
        } else if (!first) {
            fputc(' ', out);
            column++;
        }
        fwrite(text, 1, bytes, out);
        column += width;
        text += bytes;
        first = false;
    }
    fputc('\n', out);
}

static bool is_listed(const struct sheet *sheet, size_t column)
{
    return sheet->columns[column].kind == SHEET_SHOWN;
}

static size_t last_listed(const struct sheet *sheet)
{
    size_t last = 0;
    for (size_t i = 0; i < sheet->column_count; i++)
        if (is_listed(sheet, i)) last = i;
    return last;
}

static void print_cells(const struct sheet *sheet, const char *const *cells, const size_t *widths,
                        FILE *out)
{
    size_t column = 0, last = last_listed(sheet);
    for (size_t i = 0; i < last; i++) {
        if (!is_listed(sheet, i)) continue;
        fputs(cells[i] ? cells[i] : "", out);
        blanks(out, widths[i] - width_of(cells[i]) + GAP);
        column += widths[i] + GAP;
    }
    wrap(out, cells[last], column, column);
}

static void print_table(const struct sheet *sheet, FILE *out)
{
    size_t widths[SHEET_COLUMNS] = {0};
    const char *heads[SHEET_COLUMNS] = {0};
    for (size_t i = 0; i < sheet->column_count; i++) {
        heads[i] = sheet->columns[i].name;
        widths[i] = width_of(heads[i]);
        for (const struct row *row = sheet->first; row; row = row->next)
            if (width_of(row->cells[i]) > widths[i]) widths[i] = width_of(row->cells[i]);
    }
    print_cells(sheet, heads, widths, out);
    for (const struct row *row = sheet->first; row; row = row->next)
        print_cells(sheet, row->cells, widths, out);
}

// "  keep_alive   a duration of at least 0s", and its last text below.
static void print_block(const struct sheet *sheet, const struct row *row, FILE *out)
{
    size_t last = last_listed(sheet), column = GAP;
    blanks(out, GAP);
    for (size_t i = sheet->name; i < last; i++) {
        if (!is_listed(sheet, i) || !row->cells[i]) continue;
        if (i == sheet->name) {
            size_t width = width_of(row->cells[i]);
            column += width < BLOCK_NAME ? BLOCK_NAME : width + GAP;
            fputs(row->cells[i], out);
            blanks(out, column - GAP - width);
        } else {
            wrap(out, row->cells[i], column, column);
        }
    }
    blanks(out, BLOCK_INDENT);
    wrap(out, row->cells[last], BLOCK_INDENT, BLOCK_INDENT);
}

static void print_blocks(const struct sheet *sheet, FILE *out, bool only_marked)
{
    const char *group = "";
    for (const struct row *row = sheet->first; row; row = row->next) {
        if (only_marked && !row->marked) continue;
        const char *now = sheet->group < SHEET_COLUMNS ? row->cells[sheet->group] : group;
        if (strcmp(now, group) != 0) fprintf(out, "%s%s\n", *group ? "\n" : "", now);
        group = now;
        print_block(sheet, row, out);
    }
}

void sheet_print_list(const struct sheet *sheet, FILE *out)
{
    wrap(out, sheet->about, 0, 0);
    fputc('\n', out);
    if (sheet->blocks)
        print_blocks(sheet, out, false);
    else
        print_table(sheet, out);
}

// "code: ..." for each column that has something to say.
static void print_detail(const struct sheet *sheet, const struct row *row, FILE *out)
{
    size_t width = 0;
    for (size_t i = 0; i < sheet->column_count; i++)
        if (width_of(sheet->columns[i].name) > width) width = width_of(sheet->columns[i].name);
    const char *group = sheet->group < SHEET_COLUMNS ? row->cells[sheet->group] : NULL;
    bool nested = group && strcmp(group, "/") != 0;
    fprintf(out, "%s%s%s  (%s)\n", nested ? group : "", group ? "/" : "", row->cells[sheet->name],
            sheet->topic);
    for (size_t i = 0; i < sheet->column_count; i++) {
        bool told = i != sheet->name && i != sheet->group && sheet->columns[i].kind != SHEET_DATA;
        if (!told || !row->cells[i]) continue;
        const char *name = sheet->columns[i].name;
        fprintf(out, "%*s%s", DETAIL_INDENT, "", name);
        blanks(out, width - width_of(name) + GAP);
        size_t column = DETAIL_INDENT + width + GAP;
        wrap(out, row->cells[i], column, column);
    }
}

void sheet_print_details(const struct sheet *sheet, FILE *out)
{
    enum { MANY = 4 }; // from here on a list says it better
    size_t count = 0;
    for (const struct row *row = sheet->first; row; row = row->next)
        count += row->marked;
    if (sheet->blocks && count >= MANY) {
        print_blocks(sheet, out, true);
        return;
    }
    bool first = true;
    for (const struct row *row = sheet->first; row; row = row->next) {
        if (!row->marked) continue;
        if (!first) fputc('\n', out);
        print_detail(sheet, row, out);
        first = false;
    }
}

// JSON.

static void put_text(FILE *out, const char *text)
{
    if (text)
        json_write_string(out, text);
    else
        fputs("null", out);
}

static void put_row(const struct sheet *sheet, const struct row *row, FILE *out)
{
    fputc('{', out);
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (i > 0) fputs(", ", out);
        put_text(out, sheet->columns[i].name);
        fputs(": ", out);
        put_text(out, row->cells[i]);
    }
    fputc('}', out);
}

void sheet_print_json(const struct sheet *sheet, FILE *out)
{
    bool any = false, first = true;
    for (const struct row *row = sheet->first; row; row = row->next)
        any = any || row->marked;
    fputs("{\"topic\": ", out);
    put_text(out, sheet->topic);
    fputs(", \"entries\": [", out);
    for (const struct row *row = sheet->first; row; row = row->next) {
        if (any && !row->marked) continue;
        fputs(first ? "\n  " : ",\n  ", out);
        put_row(sheet, row, out);
        first = false;
    }
    fputs("\n]}", out);
}
