#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/csv_reader.h"
#include "bench/input/trace.h"

// A walk through one trace: turns rows into arrivals and service times and says what is wrong with
// a row. Checks and runs share it, so that a trace that passed the check is read the same way in
// the run.

enum { TRACE_TERMS_MAX = 16 };

struct trace_fault {  // code NULL: none
    const char *code; // of codes.h
    const char *expected;
    const char
        *column_name; // a column that the header lacks; `cell` is then the nearest one, or NULL
    const char *cell; // text of the file's, or NULL
    const char *got, *hint; // words of ours, or NULL
    unsigned line, column;
};

struct trace_cursor {
    const struct trace_spec *spec;
    struct csv_reader *csv;
    size_t columns;                                  // of the header
    size_t arrival, service, terms[TRACE_TERMS_MAX]; // their indices
    bool started;
    bool over;           // no further row can be read
    bool broken;         // the header is wrong: for a run, which has nobody to tell
    int64_t first, last; // arrivals in the file's time, ns
};

bool trace_cursor_open(struct trace_cursor *cursor, const struct trace_spec *spec); // false: errno
void trace_cursor_close(struct trace_cursor *cursor);

// Goes to the first row, also from somewhere else.  False: fault says why the header is wrong.
bool trace_cursor_start(struct trace_cursor *cursor, struct trace_fault *fault);

// TRACE_BROKEN: fault says why; the next call goes on with the next row unless the cursor is over.
enum trace_end trace_cursor_next(struct trace_cursor *cursor, struct trace_row *row,
                                 struct trace_fault *fault);

bool trace_has_service(const struct trace_spec *spec);
