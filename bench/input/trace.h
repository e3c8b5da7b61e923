#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/diag.h"
#include "models/config.h"
#include "sim/arena.h"

// Traces of requests: CSV files with a header line, plain or gzip, read row by row in constant
// memory (T2).
//
// Columns are named in the scenario.  An arrival is a number of seconds or a time stamp such as
// "2023-11-16 18:15:46.6805900"; times count from the file's first row.  The service time is a
// column, or a linear function of columns, base + sum of factor x column, or drawn from the
// source's distribution.

struct trace_term {
    const char *column;
    double seconds_per_unit;
};

struct trace_spec {
    const char *path; // NULL: the source is not a trace
    const char *arrival_column;
    const char *service_column; // NULL: none
    double service_base_s;
    const struct trace_term *terms;
    size_t term_count;
    sim_time offset;    // added to every arrival
    double time_factor; // multiplies the gaps between arrivals; 0.5: twice the traffic
};

struct trace_summary { // of one pass over the whole file
    uint64_t rows;
    sim_time last_arrival;
    double service_mean_s; // NaN when the trace has no service time
};

// Reads the file through and reports what is wrong (file:line:column of the cell; pointer: of the
// trace in the scenario).
bool trace_check(const struct trace_spec *spec, const char *pointer, struct trace_summary *summary,
                 struct diag *diag);

// The rows of all trace sources of an alternative, for one replication.
struct trace_set;
struct trace_set *trace_set_open(const struct trace_spec *specs,
                                 uint32_t count); // NULL: errno says why
void trace_set_close(struct trace_set *set);      // NULL is allowed
void trace_set_rewind(struct trace_set *set);
enum trace_end trace_set_next(void *set, uint32_t source,
                              struct trace_row *row); // fits struct trace_feed
