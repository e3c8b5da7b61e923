#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/trace.h"
#include "bench/input/trace_cells.h"

// A walk through one trace: turns rows into arrivals, service times and traits, and says what is
// wrong with a row.  Checks and runs share it, so that a trace that passed the check is read the
// same way in the run.

struct trace_cursor {
    const struct trace_spec *spec;
    struct trace_cells cells;
    bool collects;      // new names are added, not refused
    bool in_file_order; // rows come as the file has them, and a trace to be sorted need not be
                        // sorted
    bool started;
    bool over;           // no further row can be read
    bool broken;         // the header is wrong: for a run, which has nobody to tell
    int64_t first, last; // arrivals in the file's time, ns
    uint32_t next;       // of the kept rows
    uint64_t dropped;    // rows so far that were incomplete
};

bool trace_cursor_open(struct trace_cursor *cursor, const struct trace_spec *spec); // false: errno
void trace_cursor_close(struct trace_cursor *cursor);

// Goes to the first row, also from somewhere else.  False: fault says why the header is wrong.
bool trace_cursor_start(struct trace_cursor *cursor, struct trace_fault *fault);

// TRACE_BROKEN: fault says why; the next call goes on with the next row unless the cursor is over.
enum trace_end trace_cursor_next(struct trace_cursor *cursor, struct trace_row *row,
                                 struct trace_fault *fault);

// A moment of the file as time since its first row, scaled and shifted.
sim_time trace_cursor_arrival(const struct trace_cursor *cursor, int64_t moment);
