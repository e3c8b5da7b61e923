#include "bench/input/trace_cells.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/suggest.h"

static void ask_for(struct trace_cells *cells, const char *name, size_t place)
{
    if (!name) return;
    cells->names[cells->name_count] = name;
    cells->place[cells->name_count++] = place;
}

// The item reader gives each name one cell, so a key that has two uses is asked for once.
static size_t distinct_names(struct trace_cells *cells, const char **names)
{
    size_t count = 0;
    for (size_t i = 0; i < cells->name_count; i++) {
        size_t *at = &cells->column[i];
        for (*at = 0; *at < count && strcmp(names[*at], cells->names[i]) != 0;)
            ++*at;
        if (*at == count) names[count++] = cells->names[i];
    }
    return count;
}

bool trace_cells_open(struct trace_cells *cells, const struct trace_spec *spec)
{
    *cells = (struct trace_cells){.spec = spec};
    for (size_t i = 0; i < TRACE_FIELDS; i++)
        ask_for(cells, spec->fields[i], i);
    for (size_t i = 0; i < spec->term_count; i++)
        ask_for(cells, spec->terms[i].column, TRACE_FIELDS + i);
    if (spec->form == TRACE_CSV) {
        cells->csv = csv_reader_open(spec->path);
        return cells->csv != NULL;
    }
    const char *names[TRACE_CELLS_MAX];
    cells->items = item_reader_open(spec->path, names, distinct_names(cells, names));
    return cells->items != NULL;
}

void trace_cells_close(struct trace_cells *cells)
{
    csv_reader_close(cells->csv);
    item_reader_close(cells->items);
    cells->csv = NULL;
    cells->items = NULL;
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

static bool read_header(struct trace_cells *cells, const struct csv_row *header,
                        struct trace_fault *fault)
{
    bool good = true;
    for (size_t i = 0; good && i < cells->name_count; i++)
        good = find_column(header, cells->names[i], &cells->column[i], fault);
    cells->columns = header->count;
    return good;
}

static bool start_csv(struct trace_cells *cells, struct trace_fault *fault)
{
    struct csv_row header;
    struct csv_problem problem;
    csv_reader_rewind(cells->csv);
    enum csv_status status = csv_reader_next(cells->csv, &header, &problem);
    if (status == CSV_ROW) return read_header(cells, &header, fault);
    if (status == CSV_END)
        *fault = (struct trace_fault){
            .code = CODE_TRACE_EMPTY, .expected = "a header and rows", .got = "an empty file"};
    else
        blame_form(fault, &problem);
    return false;
}

bool trace_cells_start(struct trace_cells *cells, struct trace_fault *fault)
{
    *fault = (struct trace_fault){0};
    memset(cells->met, 0, sizeof cells->met);
    if (cells->items) item_reader_rewind(cells->items);
    cells->over = cells->csv && !start_csv(cells, fault);
    return !cells->over;
}

// Rows.

static bool pick_columns(const struct trace_cells *cells, const struct csv_row *from,
                         struct csv_cell *row, struct trace_fault *fault)
{
    if (from->count != cells->columns) {
        const struct csv_cell *last = &from->cells[from->count - 1];
        *fault = (struct trace_fault){
            .code = CODE_TRACE_MISSING,
            .expected = "as many cells as the header has",
            .got = from->count < cells->columns ? "fewer" : "more",
            .line = last->line,
            .column = last->column,
        };
        return false;
    }
    for (size_t i = 0; i < cells->name_count; i++)
        row[cells->place[i]] = from->cells[cells->column[i]];
    return true;
}

static void pick_keys(struct trace_cells *cells, const struct csv_row *from, struct csv_cell *row)
{
    for (size_t i = 0; i < cells->name_count; i++) {
        row[cells->place[i]] = from->cells[cells->column[i]];
        if (row[cells->place[i]].text) cells->met[i] = true;
    }
}

enum trace_end trace_cells_next(struct trace_cells *cells, struct csv_cell row[TRACE_CELLS_MAX],
                                struct trace_fault *fault)
{
    struct csv_row from;
    struct csv_problem problem;
    *fault = (struct trace_fault){0};
    if (cells->over) return TRACE_END;
    enum csv_status status = cells->csv ? csv_reader_next(cells->csv, &from, &problem)
                                        : item_reader_next(cells->items, &from, &problem);
    cells->over = status == CSV_END || status == CSV_BROKEN;
    if (status == CSV_END) return TRACE_END;
    if (status != CSV_ROW) {
        blame_form(fault, &problem);
        return TRACE_BROKEN;
    }
    for (size_t i = 0; i < TRACE_CELLS_MAX; i++)
        row[i] = (struct csv_cell){0};
    if (cells->csv) return pick_columns(cells, &from, row, fault) ? TRACE_ROW : TRACE_BROKEN;
    pick_keys(cells, &from, row);
    return TRACE_ROW;
}

bool trace_cells_all_met(const struct trace_cells *cells, struct trace_fault *fault)
{
    for (size_t i = 0; cells->items && i < cells->name_count; i++) {
        if (cells->met[i]) continue;
        *fault = (struct trace_fault){.code = CODE_TRACE_COLUMN, .column_name = cells->names[i]};
        return false;
    }
    return true;
}
