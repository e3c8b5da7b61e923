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
    {"diurnal", KEY_ONE, false, NULL, "arrivals: a rate that follows the hours of a day (T1)",
     OBJECT(keys_diurnal)},
    {"flash_crowd", KEY_ONE, false, NULL,
     "arrivals: a steady rate that a crowd multiplies for a while (T1)", OBJECT(keys_flash_crowd)},
    {"mmpp", KEY_ONE, false, NULL,
     "arrivals: a Poisson process whose rate jumps at random from state to state (T1)",
     OBJECT(keys_mmpp)},
    {"trace", KEY_ONE, false, NULL,
     "arrivals: recorded in a file, plain or gzip: CSV, a request log, or counts by minute (T1, "
     "T2)",
     OBJECT_OR(keys_trace, FORM(OBJECT(keys_counts)))},
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
    {"retry", KEY_OPTIONAL, false, "(the app's)",
     "the owner's own budgets of retries by condition, X-Fal-Retry-Config (Q3)",
     OBJECT(keys_retry)},
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

static const struct key diurnal_rows[] = {
    {"period", KEY_OPTIONAL, true, "\"24h\"", "length of a day (T1)", TIME(0.001, 1e9)},
    {"starts_at", KEY_OPTIONAL, true, "\"0s\"", "point of the period at which the run begins (T1)",
     TIME(0, 1e9)},
    {"peak_at", KEY_OPTIONAL, true, "(half the period)",
     "point of the period with the highest rate (T1)", TIME(0, 1e9)},
    {"peak_to_mean", KEY_OPTIONAL, false, NULL,
     "highest rate over the mean; this, amplitude or profile must be given (T1)", NUMBER(1, 2)},
    {"amplitude", KEY_OPTIONAL, false, NULL,
     "height of the wave over the mean: peak_to_mean less 1 (T1)", NUMBER(0, 1)},
    {"profile", KEY_OPTIONAL, false, NULL,
     "the wave's shape as values at equal distances, of any scale, joined by lines (T1)",
     LIST(2, 100000, FORM(NUMBER(0, 1e9)))},
    {0},
};
const struct keys keys_diurnal = {
    .id = "diurnal", .what = "a daily wave", .file = __FILE__, .rows = {diurnal_rows, rate_rows}};

static const struct key flash_crowd_rows[] = {
    {"factor", KEY_REQUIRED, false, NULL, "multiplies the rate while the crowd is there (T1)",
     NUMBER(1, 1e6)},
    {"at", KEY_REQUIRED, true, NULL, "when the crowd begins to come (T1)", TIME(0, 1e9)},
    {"ramp", KEY_OPTIONAL, true, "\"0s\"", "how long the rate rises (T1)", TIME(0, 1e9)},
    {"hold", KEY_OPTIONAL, true, "\"0s\"",
     "how long all of it stays; this, half_life or both must be given (T1)", TIME(0, 1e9)},
    {"half_life", KEY_OPTIONAL, true, "\"0s\"",
     "time in which half of what is left of it goes (T1)", TIME(0, 1e9)},
    {0},
};
const struct keys keys_flash_crowd = {.id = "flash_crowd",
                                      .what = "a flash crowd",
                                      .file = __FILE__,
                                      .rows = {flash_crowd_rows, rate_rows}};

static const struct key mmpp_rows[] = {
    {"states", KEY_REQUIRED, false, NULL, "2 to 32 states by name (T1)",
     NAMES("STATE", FORM(OBJECT(keys_mmpp_state)))},
    {"start", KEY_OPTIONAL, false, "(drawn from the long run)", "state at time 0 (T1)", TEXT},
    {0},
};
const struct keys keys_mmpp = {.id = "mmpp",
                               .what = "a Markov-modulated Poisson process",
                               .file = __FILE__,
                               .rows = {mmpp_rows}};

static const struct key mmpp_state_rows[] = {
    {"mean_stay", KEY_REQUIRED, true, NULL, "mean of the exponential time in the state (T1)",
     TIME(0.001, 1e9)},
    {"next", KEY_OPTIONAL, false, "(the one written after it)",
     "probabilities of the states that follow, by name; they add up to 1 (T1)",
     NAMES("STATE", FORM(NUMBER(0, 1)))},
    {0},
};
const struct keys keys_mmpp_state = {
    .id = "mmpp_state", .what = "a state", .file = __FILE__, .rows = {mmpp_state_rows, rate_rows}};

static const char *const trace_forms[] = {"csv", "request_log", NULL};
static const char *const count_forms[] = {"azure_functions", NULL};
static const char *const count_ways[] = {"random", "even", NULL};

static const struct key trace_rows[] = {
    {"file", KEY_REQUIRED, false, NULL, "file beside the scenario, plain or gzip (T2)", TEXT},
    {"form", KEY_OPTIONAL, false, "\"csv\"",
     "csv: named columns; request_log: the platform's JSON (T2)", CHOICE(trace_forms)},
    {"arrival", KEY_OPTIONAL, false, "(\"arrival\", of a request log \"sent_at\")",
     "column with the arrival: seconds, or a time stamp (T2)", TEXT},
    {"service", KEY_OPTIONAL, false, "(the source's, of a request log started_at to ended_at)",
     "column with the work of a request in seconds, or how columns add up to it (T2)",
     TEXT_OR(FORM(OBJECT(keys_trace_service)))},
    {"caller", KEY_OPTIONAL, false, "(the source's)", "column with who calls (T2)", TEXT},
    {"app", KEY_OPTIONAL, false, "(the source's)",
     "column with the app that a row goes to; of azure_functions: only rows of this app (T2)",
     TEXT},
    {"apps", KEY_OPTIONAL, false, NULL,
     "names in the app column and the app that is meant; null leaves such rows out (T2)",
     NAMES("NAME", FORM(ANY))},
    {"priority", KEY_OPTIONAL, false, "(the source's)", "column with normal or low (T2)", TEXT},
    {"outcome", KEY_OPTIONAL, false, "(drawn)", "column with the HTTP status of the answer (T2)",
     TEXT},
    {"key", KEY_OPTIONAL, false, "(drawn)", "column with the sticky key (T2)", TEXT},
    {"cold", KEY_OPTIONAL, false, NULL,
     "column that says which requests were recorded as cold, to compare with (T2)", TEXT},
    {"drop_incomplete", KEY_OPTIONAL, false, "false", "leave rows with an empty field out (T2)",
     FLAG},
    {"sort", KEY_OPTIONAL, false, "false",
     "read all rows first and sort them by arrival; else they must come in order (T2)", FLAG},
    {"offset", KEY_OPTIONAL, true, "\"0s\"", "when the first row arrives (T2)",
     TIME(0, KEY_LONGEST)},
    {"time_factor", KEY_OPTIONAL, false, "1", "stretches the times between arrivals (T2)",
     NUMBER(1e-6, 1e6)},
    {0},
};
const struct keys keys_trace = {
    .id = "trace", .what = "a trace", .file = __FILE__, .rows = {trace_rows}};

static const struct key counts_rows[] = {
    {"form", KEY_REQUIRED, false, NULL, "counts by minute, 1440 columns a row (T2)",
     CHOICE(count_forms)},
    {"file", KEY_REQUIRED, false, NULL,
     "file beside the scenario, plain or gzip, or a list of them, a day each (T2)",
     TEXT_OR(FORM(LIST(1, 400, FORM(TEXT))))},
    {"owner", KEY_OPTIONAL, false, "(all)", "only rows with this HashOwner (T2)", TEXT},
    {"app", KEY_OPTIONAL, false, "(all)", "only rows with this HashApp (T2)", TEXT},
    {"function", KEY_OPTIONAL, false, "(all)", "only rows with this HashFunction (T2)", TEXT},
    {"trigger", KEY_OPTIONAL, false, "(all)", "only rows with this Trigger (T2)", TEXT},
    {"arrivals", KEY_OPTIONAL, false, "\"random\"",
     "where in its minute a request comes: anywhere, or at equal distances (T2)",
     CHOICE(count_ways)},
    {"offset", KEY_OPTIONAL, true, "\"0s\"", "when the first minute begins (T2)", TIME(0, 1e9)},
    {"time_factor", KEY_OPTIONAL, false, "1", "stretches the minutes (T2)", NUMBER(1e-6, 1e6)},
    {0},
};
const struct keys keys_counts = {.id = "counts",
                                 .what = "counts of requests by minute",
                                 .file = __FILE__,
                                 .rows = {counts_rows}};

static const struct key trace_service_rows[] = {
    {"base", KEY_OPTIONAL, true, "\"0s\"", "work of every request (T2)", TIME(0, 1e9)},
    {"per", KEY_OPTIONAL, true, NULL, "work for each unit in a column (T2)",
     NAMES("COLUMN", FORM(TIME(0, 1e9)))},
    {"from", KEY_OPTIONAL, false, NULL,
     "column with the beginning of the work; with \"to\", instead of base and per (T2)", TEXT},
    {"to", KEY_OPTIONAL, false, NULL, "column with its end (T2)", TEXT},
    {0},
};
const struct keys keys_trace_service = {.id = "trace_service",
                                        .what = "work from columns of a trace",
                                        .file = __FILE__,
                                        .rows = {trace_service_rows}};
