// Keys of a source of requests and of what can make them.

#include "bench/input/key_forms.h"
#include "models/config.h"

static const struct key source_rows[] = {
    {"name", KEY_OPTIONAL, false, "(traffic N)", "what messages call the source", TEXT},
    {"caller", KEY_OPTIONAL, false, "\"owner\"",
     "who calls: \"owner\", \"team\", \"anonymous\", or an account of its own (C1)", TEXT},
    {"endpoint", KEY_OPTIONAL, false, "(the first)", "one of the app's endpoints (Q1)", TEXT},
    {"poisson", KEY_ONE, false, NULL, "arrivals: independent of each other, at a rate (T1)",
     OBJECT(keys_poisson)},
    {"renewal", KEY_ONE, false, NULL, "arrivals: times between them are a distribution (T1)", DIST},
    {"piecewise_constant", KEY_ONE, false, NULL,
     "arrivals: as poisson, the rate changes at given times (T1)", OBJECT(keys_piecewise)},
    {"trace", KEY_ONE, false, NULL, "arrivals: recorded in a CSV file, plain or gzip (T1, T2)",
     OBJECT(keys_trace)},
    {"closed_loop", KEY_ONE, false, NULL,
     "arrivals: users who wait for the answer, think and ask again (T1)", OBJECT(keys_closed_loop)},
    {"batch", KEY_OPTIONAL, false, "1",
     "requests that come at each arrival; not on a trace or a closed loop (T1)",
     COUNT_OR(1, 1e6, FORM(OBJECT(keys_batch)))},
    {"service", KEY_OPTIONAL, true, NULL,
     "work of a request; must be given here or in the trace (T3)", DIST},
    {"cold_service", KEY_OPTIONAL, true, "(as service)",
     "work of a request that is a runner's first (T3)", DIST},
    {"cancel_after", KEY_OPTIONAL, true, "(never)",
     "the caller gives up so long after submission (Q6)", DIST},
    {"billable_units", KEY_OPTIONAL, false, NULL,
     "units that a request is charged for in shared mode, a number or a distribution (C2)",
     PLAIN_DIST},
    {0},
};
const struct keys keys_source = {.id = "source",
                                 .what = "a source of requests",
                                 .file = __FILE__,
                                 .rows = {source_rows},
                                 .tables = {traffic_params}};

static const struct key rate_rows[] = {
    {"rate_per_s", KEY_ONE, false, NULL, "arrivals per second (T1)", NUMBER(0, 1e9)},
    {"rate_per_min", KEY_ONE, false, NULL, "arrivals per minute (T1)", NUMBER(0, 1e9)},
    {"rate_per_h", KEY_ONE, false, NULL, "arrivals per hour (T1)", NUMBER(0, 1e9)},
    {0},
};
const struct keys keys_poisson = {
    .id = "poisson", .what = "Poisson arrivals", .file = __FILE__, .rows = {rate_rows}};

static const struct key piecewise_rows[] = {
    {"steps", KEY_REQUIRED, false, NULL, "rates, the first from \"0s\", in the order of time (T1)",
     LIST(1, 100000, FORM(OBJECT(keys_rate_step)))},
    {"repeat", KEY_OPTIONAL, true, "(the last rate stays)",
     "length of the pattern, which then starts over (T1)", TIME(0.001, KEY_LONGEST)},
    {0},
};
const struct keys keys_piecewise = {.id = "piecewise_constant",
                                    .what = "a rate in steps",
                                    .file = __FILE__,
                                    .rows = {piecewise_rows}};

static const struct key rate_step_rows[] = {
    {"from", KEY_REQUIRED, true, NULL, "when this rate begins (T1)", TIME(0, KEY_LONGEST)},
    {0},
};
const struct keys keys_rate_step = {
    .id = "rate_step", .what = "a step", .file = __FILE__, .rows = {rate_step_rows, rate_rows}};

static const struct key closed_loop_rows[] = {
    {"users", KEY_REQUIRED, false, NULL, "how many users there are (T1)", COUNT(1, 1e6)},
    {"think", KEY_REQUIRED, true, NULL,
     "from the end of a user's request to the next one; the first comes after one such time (T1)",
     DIST},
    {0},
};
const struct keys keys_closed_loop = {
    .id = "closed_loop", .what = "a closed loop", .file = __FILE__, .rows = {closed_loop_rows}};

static const struct key batch_rows[] = {
    {"geometric", KEY_REQUIRED, false, NULL, "mean of a geometric number of requests (T1)",
     NUMBER(1, 1e6)},
    {0},
};
const struct keys keys_batch = {
    .id = "batch", .what = "a batch", .file = __FILE__, .rows = {batch_rows}};

static const struct key trace_rows[] = {
    {"file", KEY_REQUIRED, false, NULL, "CSV file, plain or gzip, beside the scenario (T2)", TEXT},
    {"arrival", KEY_OPTIONAL, false, "\"arrival\"",
     "column with the arrival: seconds, or a time stamp (T2)", TEXT},
    {"service", KEY_OPTIONAL, false, "(the source's)",
     "column with the work of a request in seconds, or how columns add up to it (T2)",
     TEXT_OR(FORM(OBJECT(keys_trace_service)))},
    {"offset", KEY_OPTIONAL, true, "\"0s\"", "when the first row arrives (T2)",
     TIME(0, KEY_LONGEST)},
    {"time_factor", KEY_OPTIONAL, false, "1", "stretches the times between arrivals (T2)",
     NUMBER(1e-6, 1e6)},
    {0},
};
const struct keys keys_trace = {
    .id = "trace", .what = "a trace", .file = __FILE__, .rows = {trace_rows}};

static const struct key trace_service_rows[] = {
    {"base", KEY_OPTIONAL, true, "\"0s\"", "work of every request (T2)", TIME(0, 1e9)},
    {"per", KEY_OPTIONAL, true, NULL, "work for each unit in a column (T2)",
     NAMES("COLUMN", FORM(TIME(0, 1e9)))},
    {0},
};
const struct keys keys_trace_service = {.id = "trace_service",
                                        .what = "work from columns of a trace",
                                        .file = __FILE__,
                                        .rows = {trace_service_rows}};
