#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/csv_reader.h"
#include "bench/input/item_reader.h"
#include "bench/input/trace.h"

// The cells of a trace's rows that its spec asks for, whatever the form of the file: first one for
// each field, then one for each term of the service time.

enum { TRACE_CELLS_MAX = TRACE_FIELDS + TRACE_TERMS_MAX };

struct trace_fault {  // code NULL: none
    const char *code; // of codes.h
    const char *expected;
    const char
        *column_name;       // a column that the file lacks; `cell` is then the nearest one, or NULL
    const char *cell;       // text of the file's, or NULL
    const char *got, *hint; // words of ours, or NULL
    unsigned line, column;
};

struct trace_cells {
    const struct trace_spec *spec;
    struct csv_reader *csv; // one of the two
    struct item_reader *items;
    const char *names[TRACE_CELLS_MAX]; // that are asked for
    size_t place[TRACE_CELLS_MAX];      // of each, as a cell of the row
    size_t name_count;
    size_t column[TRACE_CELLS_MAX]; // where a row of the file has it
    size_t columns;                 // CSV: of the header
    bool met[TRACE_CELLS_MAX];      // items: some item had it
    bool over;                      // no further row can be read
};

bool trace_cells_open(struct trace_cells *cells, const struct trace_spec *spec); // false: errno
void trace_cells_close(struct trace_cells *cells);

// Goes to the first row, also from somewhere else.  False: fault says why the header is wrong.
bool trace_cells_start(struct trace_cells *cells, struct trace_fault *fault);

// A cell's text is NULL when nobody asked for it, or an item has no such key.
enum trace_end trace_cells_next(struct trace_cells *cells, struct csv_cell row[TRACE_CELLS_MAX],
                                struct trace_fault *fault);

// After the last row: a key that was asked for and that no item had.  False: fault names it.
bool trace_cells_all_met(const struct trace_cells *cells, struct trace_fault *fault);
