#include "bench/input/trace_cursor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/moment.h"

#define SERVICE_MAX 1e9 // seconds

bool trace_has_service(const struct trace_spec *spec)
{
    return spec->fields[TRACE_SERVICE] || spec->fields[TRACE_FROM] || spec->term_count > 0 ||
           spec->service_base_s > 0;
}

static bool reads_file(const struct trace_cursor *cursor)
{
    return cursor->in_file_order || !cursor->spec->kept;
}

bool trace_cursor_open(struct trace_cursor *cursor, const struct trace_spec *spec)
{
    *cursor = (struct trace_cursor){.spec = spec};
    return !reads_file(cursor) || trace_cells_open(&cursor->cells, spec);
}

void trace_cursor_close(struct trace_cursor *cursor)
{
    trace_cells_close(&cursor->cells);
}

bool trace_cursor_start(struct trace_cursor *cursor, struct trace_fault *fault)
{
    *fault = (struct trace_fault){0};
    cursor->started = cursor->over = false;
    cursor->next = 0;
    cursor->dropped = 0;
    if (!reads_file(cursor)) return true;
    cursor->over = !trace_cells_start(&cursor->cells, fault);
    return !cursor->over;
}

// Cells.

static bool is_empty(const struct csv_cell *cell)
{
    return !cell->text || !*cell->text;
}

// Always false.
static bool blame(struct trace_fault *fault, const struct csv_cell *cell, const char *code,
                  const char *expected, const char *hint)
{
    bool empty = is_empty(cell);
    *fault = (struct trace_fault){
        .code = empty ? CODE_TRACE_MISSING : code,
        .expected = expected,
        .cell = empty ? NULL : cell->text,
        .got = !cell->text ? "an item without it"
               : empty     ? "an empty cell"
                           : NULL,
        .hint = empty ? "\"drop_incomplete\": true leaves such rows out" : hint,
        .line = cell->line,
        .column = cell->column,
    };
    return false;
}

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
    if (is_empty(cell) || !parse_amount(cell->text, &value))
        return blame(fault, cell, CODE_TRACE_CELL, "a number from 0 to 1e9", NULL);
    *sum += factor * value;
    return true;
}

static bool read_moment(const struct csv_cell *cell, int64_t *moment, struct trace_fault *fault)
{
    const char *wrong = is_empty(cell) ? "" : moment_parse(cell->text, moment);
    return !wrong || blame(fault, cell, CODE_TRACE_CELL, "seconds or a time stamp", wrong);
}

static bool read_between(const struct csv_cell *cells, sim_time *service, struct trace_fault *fault)
{
    int64_t from, to;
    if (!read_moment(&cells[TRACE_FROM], &from, fault) ||
        !read_moment(&cells[TRACE_TO], &to, fault))
        return false;
    if (to < from)
        return blame(fault, &cells[TRACE_TO], CODE_TRACE_ORDER, "an end not before its start",
                     NULL);
    *service = to - from;
    return true;
}

static bool read_service(const struct trace_spec *spec, const struct csv_cell *cells,
                         sim_time *service, struct trace_fault *fault)
{
    double seconds = spec->service_base_s;
    bool good = true;
    *service = SIM_NEVER;
    if (!trace_has_service(spec)) return true;
    if (spec->fields[TRACE_FROM]) return read_between(cells, service, fault);
    if (spec->fields[TRACE_SERVICE]) good = add_amount(&seconds, 1, &cells[TRACE_SERVICE], fault);
    for (size_t i = 0; good && i < spec->term_count; i++)
        good =
            add_amount(&seconds, spec->terms[i].seconds_per_unit, &cells[TRACE_FIELDS + i], fault);
    *service = sim_from_seconds(fmin(seconds, SERVICE_MAX));
    return good;
}

// What a row says beyond its times.

static bool read_name(struct trace_cursor *cursor, struct trace_names *names,
                      const struct csv_cell *cell, uint32_t *trait, struct trace_fault *fault)
{
    uint32_t index;
    if (!names || is_empty(cell)) return true;
    if (strlen(cell->text) > TRACE_NAME_BYTES)
        return blame(fault, cell, CODE_TRACE_CELL, "a name of at most 200 bytes", NULL);
    bool known = cursor->collects
                     ? trace_names_add(names, cell->text, cell->line, cell->column, &index)
                     : trace_names_find(names, cell->text, &index);
    if (!known)
        return blame(fault, cell, CODE_TOO_MANY, "at most 1000 different names in this column",
                     NULL);
    *trait = index + 1;
    return true;
}

static bool read_word(const struct csv_cell *cell, const char *const *words, const uint8_t *values,
                      uint8_t *trait)
{
    for (size_t i = 0; words[i]; i++)
        if (strcmp(words[i], cell->text) == 0) {
            *trait = values[i];
            return true;
        }
    return false;
}

static bool read_priority(const struct csv_cell *cell, uint8_t *trait, struct trace_fault *fault)
{
    static const uint8_t values[] = {1 + PRIORITY_NORMAL, 1 + PRIORITY_LOW};
    if (is_empty(cell) || read_word(cell, priority_names, values, trait)) return true;
    return blame(fault, cell, CODE_TRACE_CELL, "normal or low", NULL);
}

static bool read_label(const struct csv_cell *cell, uint8_t *trait, struct trace_fault *fault)
{
    static const char *const words[] = {"true", "false", "True", "False", "1",
                                        "0",    "cold",  "warm", NULL};
    static const uint8_t values[] = {LABEL_COLD, LABEL_WARM, LABEL_COLD, LABEL_WARM,
                                     LABEL_COLD, LABEL_WARM, LABEL_COLD, LABEL_WARM};
    if (is_empty(cell) || read_word(cell, words, values, trait)) return true;
    return blame(fault, cell, CODE_TRACE_CELL, "true or false, 1 or 0, cold or warm", NULL);
}

static bool read_status(const struct csv_cell *cell, uint16_t *trait, struct trace_fault *fault)
{
    if (is_empty(cell)) return true;
    unsigned status = 0;
    bool right = strlen(cell->text) == 3 && strspn(cell->text, "0123456789") == 3;
    for (int i = 0; right && i < 3; i++)
        status = status * 10 + (unsigned)(cell->text[i] - '0');
    if (!right || status < 200 || status > 599)
        return blame(fault, cell, CODE_TRACE_CELL, "an HTTP status from 200 to 599", NULL);
    *trait = (uint16_t)status;
    return true;
}

static bool read_traits(struct trace_cursor *cursor, const struct csv_cell *cells,
                        struct request_traits *traits, struct trace_fault *fault)
{
    const struct trace_spec *spec = cursor->spec;
    const struct csv_cell *key = &cells[TRACE_KEY];
    *traits = (struct request_traits){0};
    if (!is_empty(key)) traits->hint = 1 + (uint32_t)(trace_names_hash(key->text) % spec->keys);
    return read_name(cursor, spec->callers, &cells[TRACE_CALLER], &traits->caller, fault) &&
           read_name(cursor, spec->apps, &cells[TRACE_APP], &traits->app, fault) &&
           read_priority(&cells[TRACE_PRIORITY], &traits->priority, fault) &&
           read_status(&cells[TRACE_STATUS], &traits->status, fault) &&
           read_label(&cells[TRACE_LABEL], &traits->label, fault);
}

// Rows.

// One of the times is not there.
static bool is_incomplete(const struct trace_spec *spec, const struct csv_cell *cells)
{
    bool incomplete = false;
    for (size_t i = TRACE_ARRIVAL; i <= TRACE_TO; i++)
        incomplete = incomplete || (spec->fields[i] && is_empty(&cells[i]));
    for (size_t i = 0; i < spec->term_count; i++)
        incomplete = incomplete || is_empty(&cells[TRACE_FIELDS + i]);
    return incomplete;
}

// In the order of the file, times and names as the file has them.
static enum trace_end read_row(struct trace_cursor *cursor, struct trace_row *row,
                               struct trace_fault *fault)
{
    const struct trace_spec *spec = cursor->spec;
    struct csv_cell cells[TRACE_CELLS_MAX];
    int64_t moment = 0;
    for (;;) {
        enum trace_end end = trace_cells_next(&cursor->cells, cells, fault);
        cursor->over = cursor->cells.over;
        if (end != TRACE_ROW) return end;
        if (!spec->drop_incomplete || !is_incomplete(spec, cells)) break;
        cursor->dropped++;
    }
    if (!read_moment(&cells[TRACE_ARRIVAL], &moment, fault)) return TRACE_BROKEN;
    if (cursor->started && moment < cursor->last && !spec->sort) {
        blame(fault, &cells[TRACE_ARRIVAL], CODE_TRACE_ORDER, "an arrival not before the row above",
              "sort the file by arrival, or give \"sort\": true");
        return TRACE_BROKEN;
    }
    if (!cursor->started || moment < cursor->first) cursor->first = moment;
    cursor->started = true;
    cursor->last = moment;
    row->arrival = moment;
    bool good = read_service(spec, cells, &row->service, fault) &&
                read_traits(cursor, cells, &row->traits, fault);
    return good ? TRACE_ROW : TRACE_BROKEN;
}

static enum trace_end next_row(struct trace_cursor *cursor, struct trace_row *row,
                               struct trace_fault *fault)
{
    const struct trace_spec *spec = cursor->spec;
    if (reads_file(cursor)) return read_row(cursor, row, fault);
    cursor->over = cursor->next == spec->kept_count;
    if (cursor->over) return TRACE_END;
    const struct trace_row_kept *kept = &spec->kept[cursor->next++];
    *row = kept->row;
    row->arrival = kept->moment;
    cursor->first = spec->kept[0].moment;
    return TRACE_ROW;
}

sim_time trace_cursor_arrival(const struct trace_cursor *cursor, int64_t moment)
{
    const struct trace_spec *spec = cursor->spec;
    sim_time gap = moment - cursor->first;
    if (spec->time_factor != 1) gap = sim_from_seconds(sim_seconds(gap) * spec->time_factor);
    return sim_time_add(gap, spec->offset);
}

// Numbers of names become ids of the scenario.  False: the row is to be left out.
static bool resolve(const struct trace_spec *spec, struct request_traits *traits)
{
    if (traits->caller > 0 && spec->caller_ids)
        traits->caller = spec->caller_ids[traits->caller - 1] + 1;
    if (traits->app == 0 || !spec->app_ids) return true;
    uint32_t id = spec->app_ids[traits->app - 1];
    traits->app = id + 1;
    return id != TRACE_SKIP;
}

enum trace_end trace_cursor_next(struct trace_cursor *cursor, struct trace_row *row,
                                 struct trace_fault *fault)
{
    *fault = (struct trace_fault){0};
    if (cursor->over) return TRACE_END;
    for (;;) {
        enum trace_end end = next_row(cursor, row, fault);
        if (end != TRACE_ROW || cursor->in_file_order) return end;
        row->arrival = trace_cursor_arrival(cursor, row->arrival);
        if (resolve(cursor->spec, &row->traits)) return end;
    }
}
