#include "bench/input/trace_cursor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/moment.h"
#include "bench/input/suggest.h"

#define SERVICE_MAX 1e9 // seconds

bool trace_has_service(const struct trace_spec *spec)
{
    return spec->service_column || spec->term_count > 0 || spec->service_base_s > 0;
}

bool trace_cursor_open(struct trace_cursor *cursor, const struct trace_spec *spec)
{
    *cursor = (struct trace_cursor){.spec = spec, .csv = csv_reader_open(spec->path)};
    return cursor->csv != NULL;
}

void trace_cursor_close(struct trace_cursor *cursor)
{
    csv_reader_close(cursor->csv);
    cursor->csv = NULL;
}

// Always false.
static bool blame(struct trace_fault *fault, const struct csv_cell *cell, const char *code,
                  const char *expected, const char *hint)
{
    bool empty = cell->text[0] == '\0';
    *fault = (struct trace_fault){
        .code = empty ? CODE_TRACE_MISSING : code,
        .expected = expected,
        .cell = empty ? NULL : cell->text,
        .got = empty ? "an empty cell" : NULL,
        .hint = empty ? NULL : hint,
        .line = cell->line,
        .column = cell->column,
    };
    return false;
}

static void blame_form(struct trace_fault *fault, const struct csv_problem *problem)
{
    *fault = (struct trace_fault){
        .code = CODE_TRACE_FORM,
        .expected = problem->expected,
        .got = problem->got,
        .line = problem->line,
        .column = problem->column,
    };
}

// The header.

static bool find_column(const struct csv_row *header, const char *name, size_t *index,
                        struct trace_fault *fault)
{
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < header->count; i++) {
        suggest_offer(&suggest, header->cells[i].text);
        if (strcmp(header->cells[i].text, name) != 0) continue;
        *index = i;
        return true;
    }
    *fault = (struct trace_fault){
        .code = CODE_TRACE_COLUMN,
        .column_name = name,
        .cell = suggest_answer(&suggest),
        .line = header->cells[0].line,
        .column = header->cells[0].column,
    };
    return false;
}

static bool read_header(struct trace_cursor *cursor, const struct csv_row *header,
                        struct trace_fault *fault)
{
    const struct trace_spec *spec = cursor->spec;
    bool good = find_column(header, spec->arrival_column, &cursor->arrival, fault);
    if (good && spec->service_column)
        good = find_column(header, spec->service_column, &cursor->service, fault);
    for (size_t i = 0; good && i < spec->term_count; i++)
        good = find_column(header, spec->terms[i].column, &cursor->terms[i], fault);
    cursor->columns = header->count;
    return good;
}

bool trace_cursor_start(struct trace_cursor *cursor, struct trace_fault *fault)
{
    struct csv_row header;
    struct csv_problem problem;
    *fault = (struct trace_fault){0};
    csv_reader_rewind(cursor->csv);
    cursor->started = cursor->over = false;
    enum csv_status status = csv_reader_next(cursor->csv, &header, &problem);
    bool good = status == CSV_ROW && read_header(cursor, &header, fault);
    if (status == CSV_END)
        *fault = (struct trace_fault){
            .code = CODE_TRACE_EMPTY, .expected = "a header and rows", .got = "an empty file"};
    else if (status != CSV_ROW)
        blame_form(fault, &problem);
    cursor->over = !good;
    return good;
}

// Rows.

static bool parse_amount(const char *text, double *value)
{
    char *end;
    if (!*text || strspn(text, "0123456789.eE+-") != strlen(text)) return false;
    *value = strtod(text, &end);
    return end != text && *end == '\0' && *value >= 0 && *value <= SERVICE_MAX;
}

static bool add_amount(double *sum, double factor, const struct csv_cell *cell,
                       struct trace_fault *fault)
{
    double value;
    if (!parse_amount(cell->text, &value))
        return blame(fault, cell, CODE_TRACE_CELL, "a number from 0 to 1e9", NULL);
    *sum += factor * value;
    return true;
}

static bool read_service(const struct trace_cursor *cursor, const struct csv_row *row,
                         sim_time *service, struct trace_fault *fault)
{
    const struct trace_spec *spec = cursor->spec;
    double seconds = spec->service_base_s;
    bool good = true;
    if (spec->service_column) good = add_amount(&seconds, 1, &row->cells[cursor->service], fault);
    for (size_t i = 0; good && i < spec->term_count; i++)
        good = add_amount(&seconds, spec->terms[i].seconds_per_unit, &row->cells[cursor->terms[i]],
                          fault);
    *service = trace_has_service(spec) ? sim_from_seconds(fmin(seconds, SERVICE_MAX)) : SIM_NEVER;
    return good;
}

static bool read_moment(struct trace_cursor *cursor, const struct csv_cell *cell,
                        struct trace_fault *fault)
{
    int64_t moment;
    const char *wrong = moment_parse(cell->text, &moment);
    if (wrong) return blame(fault, cell, CODE_TRACE_CELL, "seconds or a time stamp", wrong);
    if (cursor->started && moment < cursor->last)
        return blame(fault, cell, CODE_TRACE_ORDER, "an arrival not before the row above",
                     "sort the file by arrival");
    if (!cursor->started) cursor->first = moment;
    cursor->started = true;
    cursor->last = moment;
    return true;
}

// The file's time since its first row, scaled and shifted.
static sim_time last_arrival(const struct trace_cursor *cursor)
{
    const struct trace_spec *spec = cursor->spec;
    sim_time gap = cursor->last - cursor->first;
    if (spec->time_factor != 1) gap = sim_from_seconds(sim_seconds(gap) * spec->time_factor);
    return sim_time_add(gap, spec->offset);
}

static bool read_row(struct trace_cursor *cursor, const struct csv_row *cells,
                     struct trace_row *row, struct trace_fault *fault)
{
    if (cells->count != cursor->columns) {
        const struct csv_cell *last = &cells->cells[cells->count - 1];
        *fault = (struct trace_fault){
            .code = CODE_TRACE_MISSING,
            .expected = "as many cells as the header has",
            .got = cells->count < cursor->columns ? "fewer" : "more",
            .line = last->line,
            .column = last->column,
        };
        return false;
    }
    if (!read_moment(cursor, &cells->cells[cursor->arrival], fault)) return false;
    row->arrival = last_arrival(cursor);
    return read_service(cursor, cells, &row->service, fault);
}

enum trace_end trace_cursor_next(struct trace_cursor *cursor, struct trace_row *row,
                                 struct trace_fault *fault)
{
    struct csv_row cells;
    struct csv_problem problem;
    *fault = (struct trace_fault){0};
    if (cursor->over) return TRACE_END;
    enum csv_status status = csv_reader_next(cursor->csv, &cells, &problem);
    cursor->over = status == CSV_END || status == CSV_BROKEN;
    if (status == CSV_END) return TRACE_END;
    if (status == CSV_ROW) return read_row(cursor, &cells, row, fault) ? TRACE_ROW : TRACE_BROKEN;
    blame_form(fault, &problem);
    return TRACE_BROKEN;
}
