#include "bench/input/azure_counts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/csv_reader.h"

enum { FAULTS_SHOWN = 20, COUNT_MAX = 1000000000 };

static const char *const headings[AZURE_NAMES] = {"HashOwner", "HashApp", "HashFunction",
                                                  "Trigger"};

struct day { // being read
    const char *path, *pointer;
    const struct azure_pick *pick;
    struct diag *diag;
    uint32_t *counts;
    uint64_t rows, picked, faults;
};

// Always false.
static bool report(struct day *day, const struct csv_cell *cell, const char *code,
                   const char *expected)
{
    struct diag_place place = {day->path, cell->line, cell->column};
    if (++day->faults > FAULTS_SHOWN) return false;
    return diag_error(day->diag, place, code, day->pointer, expected,
                      diag_quote(day->diag, cell->text), NULL);
}

static bool report_form(struct day *day, const struct csv_problem *problem)
{
    struct diag_place place = {day->path, problem->line, problem->column};
    if (++day->faults > FAULTS_SHOWN) return false;
    return diag_error(day->diag, place, CODE_TRACE_FORM, day->pointer, problem->expected,
                      problem->got, NULL);
}

static bool read_header(struct day *day, const struct csv_row *row)
{
    static const char words[] = "a header HashOwner,HashApp,HashFunction,Trigger,1,2,...,1440";
    size_t columns = AZURE_NAMES + AZURE_MINUTES;
    for (size_t i = 0; i < row->count && i < columns; i++) {
        char wanted[16];
        if (i < AZURE_NAMES)
            snprintf(wanted, sizeof wanted, "%s", headings[i]);
        else
            snprintf(wanted, sizeof wanted, "%u", (unsigned)(i - AZURE_NAMES + 1));
        if (strcmp(row->cells[i].text, wanted) != 0)
            return report(day, &row->cells[i], CODE_TRACE_COLUMN, words);
    }
    if (row->count == columns) return true;
    return report(day, &row->cells[row->count - 1], CODE_TRACE_COLUMN, words);
}

static bool is_picked(const struct day *day, const struct csv_row *row)
{
    for (size_t i = 0; i < AZURE_NAMES; i++)
        if (day->pick->names[i] && strcmp(row->cells[i].text, day->pick->names[i]) != 0)
            return false;
    return true;
}

static bool add_count(struct day *day, const struct csv_cell *cell, uint32_t *sum)
{
    uint64_t count = 0;
    const char *at = cell->text;
    for (; *at >= '0' && *at <= '9' && count <= COUNT_MAX; at++)
        count = count * 10 + (uint64_t)(*at - '0');
    if (at == cell->text || *at || count > COUNT_MAX)
        return report(day, cell, CODE_TRACE_CELL, "a whole number from 0 to 1000000000");
    if (count + *sum > COUNT_MAX)
        return report(day, cell, CODE_TRACE_CELL, "at most 1000000000 requests in a minute");
    *sum += (uint32_t)count;
    return true;
}

static void read_row(struct day *day, const struct csv_row *row)
{
    day->rows++;
    if (row->count != AZURE_NAMES + AZURE_MINUTES) {
        report(day, &row->cells[row->count - 1], CODE_TRACE_MISSING, "a row of 1444 cells");
        return;
    }
    if (!is_picked(day, row)) return;
    day->picked++;
    for (size_t i = 0; i < AZURE_MINUTES; i++)
        add_count(day, &row->cells[AZURE_NAMES + i], &day->counts[i]);
}

static void read_rows(struct day *day, struct csv_reader *csv)
{
    struct csv_row row;
    struct csv_problem problem;
    bool header = true;
    for (;;) {
        enum csv_status status = csv_reader_next(csv, &row, &problem);
        if (status == CSV_END) return;
        if (status != CSV_ROW) report_form(day, &problem);
        if (status == CSV_BROKEN) return;
        if (header && (status != CSV_ROW || !read_header(day, &row))) return;
        if (!header && status == CSV_ROW) read_row(day, &row);
        header = false;
    }
}

bool azure_counts_read(const char *path, const struct azure_pick *pick, const char *pointer,
                       uint32_t counts[AZURE_MINUTES], struct diag *diag)
{
    struct day day = {path, pointer, pick, diag, counts, 0, 0, 0};
    struct diag_place place = {.file = path};
    struct csv_reader *csv = csv_reader_open(path);
    if (!csv)
        return diag_error(diag, place, CODE_TRACE_FILE, pointer, "a readable trace",
                          errno == EINVAL ? "a device or a socket" : strerror(errno), NULL);
    read_rows(&day, csv);
    csv_reader_close(csv);
    if (day.faults > FAULTS_SHOWN)
        diag_error(diag, place, CODE_TRACE_CELL, pointer, "a trace without problems",
                   diag_format(diag, "%llu more", (unsigned long long)day.faults - FAULTS_SHOWN),
                   NULL);
    if (day.faults > 0) return false;
    if (day.picked > 0) return true;
    return diag_error(diag, place, CODE_TRACE_EMPTY, pointer, "rows that are asked for",
                      diag_format(diag, "none of %llu", (unsigned long long)day.rows), NULL);
}
