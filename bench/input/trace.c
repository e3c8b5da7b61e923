#include "bench/input/trace.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/trace_cursor.h"

enum { FAULTS_SHOWN = 20 };

struct check {
    const char *pointer;
    struct diag *diag;
    struct trace_cursor cursor;
    struct trace_summary *summary;
    struct trace_row_kept *kept; // NULL: rows are not kept
    double service_sum_s;
    uint64_t faults;
};

static struct diag_place place_of(const struct check *check, const struct trace_fault *fault)
{
    return (struct diag_place){check->cursor.spec->path, fault->line, fault->column};
}

static void report_column(struct check *check, const struct trace_fault *fault)
{
    struct diag *diag = check->diag;
    const char *near = fault->cell, *name = diag_quote(diag, fault->column_name);
    bool csv = check->cursor.spec->form == TRACE_CSV;
    diag_error(diag, place_of(check, fault), fault->code, check->pointer,
               diag_format(diag, csv ? "a column %s" : "items with a key %s", name),
               csv ? "a header without it" : "none with it",
               near ? diag_format(diag, "did you mean %s?", diag_quote(diag, near)) : NULL);
}

// Always false.
static bool report(struct check *check, const struct trace_fault *fault)
{
    if (++check->faults > FAULTS_SHOWN) return false;
    if (fault->column_name) {
        report_column(check, fault);
        return false;
    }
    const char *got = fault->cell ? diag_quote(check->diag, fault->cell) : fault->got;
    return diag_error(check->diag, place_of(check, fault), fault->code, check->pointer,
                      fault->expected, got, fault->hint);
}

// All faults after the shown ones become one problem, at the place of the last.
static void report_rest(struct check *check, const struct trace_fault *last)
{
    if (check->faults <= FAULTS_SHOWN) return;
    unsigned long long more = check->faults - FAULTS_SHOWN;
    diag_error(check->diag, place_of(check, last), last->code, check->pointer,
               "a trace without problems",
               diag_format(check->diag, "%llu more up to this line", more), NULL);
}

static void count_row(struct check *check, const struct trace_row *row)
{
    struct trace_summary *summary = check->summary;
    summary->rows++;
    if (row->service != SIM_NEVER) check->service_sum_s += sim_seconds(row->service);
    if (!check->cursor.in_file_order) summary->last_arrival = row->arrival;
    if (check->kept)
        check->kept[summary->rows - 1] =
            (struct trace_row_kept){row->arrival, (uint32_t)summary->rows, *row};
}

static void read_rows(struct check *check)
{
    struct trace_fault fault, last = {0};
    while (!check->cursor.over) {
        struct trace_row row;
        enum trace_end end = trace_cursor_next(&check->cursor, &row, &fault);
        if (end == TRACE_ROW) count_row(check, &row);
        if (end != TRACE_BROKEN) continue;
        report(check, &fault);
        last = fault;
    }
    report_rest(check, &last);
}

static bool check_rows(struct check *check)
{
    struct trace_fault fault;
    if (!trace_cursor_start(&check->cursor, &fault)) return report(check, &fault);
    read_rows(check);
    check->summary->dropped = check->cursor.dropped;
    if (check->faults > 0) return false;
    if (check->summary->rows > 0)
        return trace_cells_all_met(&check->cursor.cells, &fault) || report(check, &fault);
    bool csv = check->cursor.spec->form == TRACE_CSV, dropped = check->summary->dropped > 0;
    fault = (struct trace_fault){.code = CODE_TRACE_EMPTY,
                                 .expected = csv ? "rows" : "items",
                                 .got = dropped ? "only incomplete ones"
                                        : csv   ? "only a header"
                                                : "none"};
    return report(check, &fault);
}

static int by_arrival(const void *left, const void *right)
{
    const struct trace_row_kept *a = left, *b = right;
    if (a->moment != b->moment) return a->moment < b->moment ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

// Once more from the top, now to keep the rows.  False: reported.
static bool sort_rows(struct check *check, struct arena *arena)
{
    struct trace_fault fault;
    struct trace_summary *summary = check->summary;
    uint64_t rows = summary->rows;
    if (rows > TRACE_SORTED_MAX) {
        fault = (struct trace_fault){.code = CODE_TOO_MANY,
                                     .expected = "at most 1048576 rows with \"sort\"",
                                     .got = "more",
                                     .hint = "sort the file by arrival beforehand"};
        return report(check, &fault);
    }
    check->kept = arena_new(arena, struct trace_row_kept, rows);
    check->service_sum_s = 0;
    summary->rows = 0;
    bool same = trace_cursor_start(&check->cursor, &fault);
    while (same && !check->cursor.over && summary->rows < rows) {
        struct trace_row row;
        same = trace_cursor_next(&check->cursor, &row, &fault) == TRACE_ROW;
        if (same) count_row(check, &row);
    }
    if (!same || summary->rows < rows) {
        fault = (struct trace_fault){
            .code = CODE_TRACE_FILE, .expected = "a file that stays as it is", .got = "another"};
        return report(check, &fault);
    }
    qsort(check->kept, rows, sizeof *check->kept, by_arrival);
    summary->kept = check->kept;
    summary->last_arrival = trace_cursor_arrival(&check->cursor, check->kept[rows - 1].moment);
    return true;
}

static const char *open_problem(int error)
{
    return error == EINVAL ? "a device or a socket" : strerror(error);
}

bool trace_check(const struct trace_spec *spec, const char *pointer, struct arena *arena,
                 struct trace_summary *summary, struct diag *diag)
{
    struct check check = {.pointer = pointer, .diag = diag, .summary = summary};
    *summary = (struct trace_summary){.service_mean_s = NAN};
    if (!trace_cursor_open(&check.cursor, spec))
        return diag_error(diag, (struct diag_place){.file = spec->path}, CODE_TRACE_FILE, pointer,
                          "a readable trace", open_problem(errno), NULL);
    check.cursor.collects = true;
    check.cursor.in_file_order = spec->sort;
    bool good = check_rows(&check) && (!spec->sort || sort_rows(&check, arena));
    trace_cursor_close(&check.cursor);
    if (good && trace_has_service(spec))
        summary->service_mean_s = check.service_sum_s / (double)summary->rows;
    return good;
}

// The rows of a run.  A trace that has changed since its check gives TRACE_BROKEN.

struct trace_set {
    uint32_t count;
    struct trace_cursor cursors[];
};

struct trace_set *trace_set_open(const struct trace_spec *specs, uint32_t count)
{
    struct trace_set *set = calloc(1, sizeof *set + count * sizeof set->cursors[0]);
    if (!set) return NULL;
    set->count = count;
    for (uint32_t i = 0; i < count; i++) {
        if (!specs[i].path || trace_cursor_open(&set->cursors[i], &specs[i])) continue;
        int error = errno;
        trace_set_close(set);
        errno = error;
        return NULL;
    }
    trace_set_rewind(set);
    return set;
}

void trace_set_close(struct trace_set *set)
{
    if (!set) return;
    for (uint32_t i = 0; i < set->count; i++)
        trace_cursor_close(&set->cursors[i]);
    free(set);
}

void trace_set_rewind(struct trace_set *set)
{
    struct trace_fault fault;
    for (uint32_t i = 0; i < set->count; i++)
        if (set->cursors[i].spec)
            set->cursors[i].broken = !trace_cursor_start(&set->cursors[i], &fault);
}

enum trace_end trace_set_next(void *set, uint32_t source, struct trace_row *row)
{
    struct trace_set *traces = set;
    struct trace_fault fault;
    struct trace_cursor *cursor = source < traces->count ? &traces->cursors[source] : NULL;
    if (!cursor || !cursor->spec) return TRACE_END;
    return cursor->broken ? TRACE_BROKEN : trace_cursor_next(cursor, row, &fault);
}
