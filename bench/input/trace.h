#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/diag.h"
#include "bench/input/trace_names.h"
#include "models/config.h"
#include "sim/arena.h"

// Traces of requests, read row by row in constant memory, plain or gzip (T2): CSV files with a
// header line (csv_reader.h), or the items of a JSON log (item_reader.h).
//
// Which column, or key of an item, means what is said in the scenario.  An arrival is a number of
// seconds or a time stamp such as "2023-11-16 18:15:46.6805900"; times count from the file's first
// row.  The service time is a column of seconds, the time between two columns of moments, or a
// linear function of columns, base + sum of factor x column; or it is drawn from the source's
// distribution.  A row may further say who called, which app, in which priority, the HTTP status
// that the request ended with, its sticky key, and whether it was a cold start; an empty cell says
// nothing, and then the source's own setting holds.
//
// A status is what the caller saw in the end, so an attempt that ends with it is not retried; it
// does to the runner what that status does (Q3).  Sticky keys are hashed into so many buckets.
//
// Rows must be in order of arrival.  With `sort` they need not be: then they are kept in memory,
// TRACE_SORTED_MAX at most, and sorted, equal ones in the file's order.

enum { TRACE_SORTED_MAX = 1 << 20, TRACE_TERMS_MAX = 16 };

enum trace_form { TRACE_CSV, TRACE_ITEMS };

enum trace_field {
    TRACE_ARRIVAL,
    TRACE_SERVICE,
    TRACE_FROM, // service is `to` - `from`
    TRACE_TO,
    TRACE_CALLER,
    TRACE_APP,
    TRACE_PRIORITY,
    TRACE_STATUS,
    TRACE_KEY,
    TRACE_LABEL,
    TRACE_FIELDS
};

struct trace_term {
    const char *column;
    double seconds_per_unit;
};

struct trace_row_kept { // of a sorted trace; times of the file, names by number
    int64_t moment;
    uint32_t index;
    struct trace_row row;
};

struct trace_spec {
    const char *path; // NULL: the source is not a trace
    enum trace_form form;
    const char *fields[TRACE_FIELDS]; // names of columns; NULL: not used
    double service_base_s;
    const struct trace_term *terms;
    size_t term_count;
    sim_time offset;      // added to every arrival
    double time_factor;   // multiplies the gaps between arrivals; 0.5: twice the traffic
    bool drop_incomplete; // rows without a time are left out, and counted; else they are errors
    bool sort;
    uint32_t keys;                        // buckets of sticky keys
    struct trace_names *callers, *apps;   // that the rows mention; NULL without such a column
    const uint32_t *caller_ids, *app_ids; // of those names in the scenario; NULL: not known yet
    const struct trace_row_kept *kept;    // sorted; NULL: not read yet
    uint32_t kept_count;
};
#define TRACE_SKIP UINT32_MAX // app_ids: rows for this app are left out

struct trace_summary { // of one pass over the whole file
    uint64_t rows, dropped;
    sim_time last_arrival;
    double service_mean_s;             // NaN when the trace has no service time
    const struct trace_row_kept *kept; // when the rows are to be sorted
};

// Reads the file through and reports what is wrong (file:line:column of the cell; pointer: of the
// trace in the scenario); collects the names that its rows mention.  Rows that are kept lie in the
// arena.
bool trace_check(const struct trace_spec *spec, const char *pointer, struct arena *arena,
                 struct trace_summary *summary, struct diag *diag);

bool trace_has_service(const struct trace_spec *spec);

// The rows of all trace sources of an alternative, for one replication.
struct trace_set;
struct trace_set *trace_set_open(const struct trace_spec *specs,
                                 uint32_t count); // NULL: errno says why
void trace_set_close(struct trace_set *set);      // NULL is allowed
void trace_set_rewind(struct trace_set *set);
enum trace_end trace_set_next(void *set, uint32_t source,
                              struct trace_row *row); // fits struct trace_feed
