// Keys of the file as a whole: the experiment, the machines, the platform.

#include "bench/input/key_forms.h"
#include "bench/input/policies.h"
#include "bench/input/scenario.h"
#include "bench/input/scenario_selection.h"
#include "bench/input/scenario_study.h"
#include "models/config.h"

static const char *const defaults[] = {"seed", "current", NULL};
static const char *const auto_word[] = {"auto", NULL};
static const char *const prices[] = {"list", "committed", NULL};

static const struct key scenario_rows[] = {
    {"$schema", KEY_OPTIONAL, false, NULL,
     "the JSON schema that editors complete and check the file with; not read here", ANY},
    {"warmpool", KEY_REQUIRED, false, NULL, "version of the file's format", COUNT(1, 1)},
    {"title", KEY_REQUIRED, false, NULL, "what the report is headed with", TEXT},
    {"question", KEY_OPTIONAL, false, NULL, "what the file is there to answer", TEXT},
    {"defaults", KEY_OPTIONAL, false, "\"seed\"",
     "strategy of a deploy that names none; seed: recreate, current: rolling (R8)",
     CHOICE(defaults)},
    {"seed", KEY_OPTIONAL, false, "\"1\"",
     "of the random numbers, a whole number below 2^64 in quotes (O2)",
     TEXT_LIKE("^[0-9]{1,30}$", "a whole number in quotes")},
    {"horizon", KEY_REQUIRED, true, NULL, "end of each replication", TIME(0.001, 1e9)},
    {"study", KEY_OPTIONAL, false, "(steady_state with a warm-up and no events, else terminating)",
     "terminating: from an empty start to a natural end; steady_state: the long run; cyclic: whole "
     "cycles are the unit",
     CHOICE(study_kind_names)},
    {"cycle", KEY_OPTIONAL, true, NULL, "length of a cycle, such as \"24h\", of a cyclic study",
     TIME(0.001, 1e9)},
    {"warm_up", KEY_OPTIONAL, true, "\"0s\"",
     "what happens before this time is not counted; auto: until MSER-5 says that it has settled",
     TIME_OR(0, 1e9, FORM(CHOICE(auto_word)))},
    {"series_step", KEY_OPTIONAL, true, "(at most 480 bins)",
     "width of a bin of the time series; 0s: no series", TIME(0, KEY_LONGEST)},
    {"replications", KEY_OPTIONAL, false, "10", "how often the run is repeated with other numbers",
     COUNT_OR(1, 1e6, FORM(OBJECT(keys_replications)))},
    {"prices", KEY_OPTIONAL, false, "\"list\"",
     "which published price of the machine catalogue holds (M1)", CHOICE(prices)},
    {"platform", KEY_OPTIONAL, false, NULL, "what the platform does for all apps",
     OBJECT(keys_platform)},
    {"limits", KEY_OPTIONAL, false, NULL,
     "memory of one replication; a run that passes one ends with a message", OBJECT(keys_limits)},
    {"machine_types", KEY_OPTIONAL, false, NULL,
     "machine types by name: changes of the catalogue's, or new ones (M1)",
     NAMES("NAME", FORM(OBJECT(keys_machine)))},
    {"apps", KEY_REQUIRED, false, NULL, "the apps by name", NAMES("NAME", FORM(OBJECT(keys_app)))},
    {"callers", KEY_OPTIONAL, false, NULL, "limits of callers by name (Q9)",
     NAMES("NAME", FORM(OBJECT(keys_caller)))},
    {"timeline", KEY_OPTIONAL, false, NULL, "what happens when",
     LIST(0, 10000, FORM(OBJECT(keys_event)))},
    {"compare", KEY_OPTIONAL, false, NULL,
     "alternatives by name, each with the values that it changes: {\"/json/pointer\": value}",
     NAMES("NAME", FORM(NAMES_LIKE("^(/.*|[$]comment)$", "POINTER", FORM(ANY))))},
    {"expect", KEY_OPTIONAL, false, NULL,
     "bounds that numbers of the result must keep; missing one is exit code 10",
     LIST(0, 10000, FORM(OBJECT(keys_expectation)))},
    {"sweep", KEY_OPTIONAL, false, NULL, "variants that `warmpool sweep` runs", OBJECT(keys_sweep)},
    {"plan", KEY_OPTIONAL, false, NULL,
     "what `warmpool plan` looks for: the cheapest setting that keeps some promises",
     OBJECT(keys_plan)},
    {"selection", KEY_OPTIONAL, false, NULL,
     "which number decides between alternatives, what differences matter, and how to find the best",
     OBJECT(keys_selection)},
    {"downtime", KEY_OPTIONAL, false, NULL,
     "what downtime is and how it is measured; with it burn rates, user uptime, outages and "
     "capacity shortfall are measured, too",
     OBJECT(keys_downtime)},
    {"twin", KEY_OPTIONAL, false, "(true when a number is named that needs it, else false)",
     "each replication is also run without its rollouts, on the same random numbers, to see what "
     "they cost: excess_... and recovery_time_s",
     FLAG},
    {0},
};
const struct keys keys_scenario = {
    .id = "scenario", .what = "a scenario", .file = __FILE__, .rows = {scenario_rows}};

static const struct key replications_rows[] = {
    {"min", KEY_OPTIONAL, false, "10", "replications that are made in any case", COUNT(1, 1e6)},
    {"max", KEY_OPTIONAL, false, "(1000 with \"until\", else min)",
     "most replications, should \"until\" not be reached", COUNT(1, 1e6)},
    {"until", KEY_OPTIONAL, false, NULL, "stop when all of these hold",
     LIST(0, 100, FORM(OBJECT(keys_until)))},
    {"confidence", KEY_OPTIONAL, false, "0.95", "of every interval", NUMBER(0.5, 0.9999)},
    {"bonferroni", KEY_OPTIONAL, false, "false",
     "the rules of \"until\" share the confidence, so that all hold together", FLAG},
    {0},
};
const struct keys keys_replications = {.id = "replications",
                                       .what = "a plan of replications",
                                       .file = __FILE__,
                                       .rows = {replications_rows}};

// Over replications.
#define STAT                                                                                       \
    {                                                                                              \
        "stat", KEY_OPTIONAL, false, "\"mean\"",                                                   \
            "mean; a quantile over replications, such as p95; any: share of replications in "      \
            "which it was "                                                                        \
            "not perfect",                                                                         \
            TEXT_LIKE("^(mean|any|p[0-9.]+)$", "\"mean\", \"any\" or a quantile such as \"p95\"")  \
    }

static const struct key until_rows[] = {
    {"metric", KEY_REQUIRED, false, NULL, "the number that must be known well enough",
     CHOICE_AS(policies_metric, "the name of a metric")},
    STAT,
    {"relative", KEY_OPTIONAL, false, NULL,
     "half-width of the interval as a share of the estimate; the wider of the two counts",
     NUMBER(1e-9, 1e6)},
    {"absolute", KEY_OPTIONAL, false, NULL, "half-width of the interval in the metric's unit",
     NUMBER(1e-300, 1e300)},
    {0},
};
const struct keys keys_until = {
    .id = "until", .what = "a rule for stopping", .file = __FILE__, .rows = {until_rows}};

// What a number is about.
#define NAME_OR_NUMBER TEXT_OR(FORM(NUMBER(-1e300, 1e300)))
const struct key keys_label_rows[] = {
    {"app", KEY_OPTIONAL, false, "(any)", "of this app", TEXT},
    {"revision", KEY_OPTIONAL, false, "(any)", "of this revision, \"1\" for the app's first",
     NAME_OR_NUMBER},
    {"machine_type", KEY_OPTIONAL, false, "(any)", "on this machine type", TEXT},
    {"auth_mode", KEY_OPTIONAL, false, "(any)", "priced under this auth mode (C4)",
     CHOICE(auth_mode_names)},
    {"payer", KEY_OPTIONAL, false, "(any)", "paid by owner, callers or absorbed (C2)", TEXT},
    {"caller", KEY_OPTIONAL, false, "(any)", "of this caller", TEXT},
    {"state", KEY_OPTIONAL, false, "(any)", "in this state of a runner, or use of a machine (P1)",
     TEXT},
    {"outcome", KEY_OPTIONAL, false, "(any)", "with this outcome (Q3)", TEXT},
    {"quantile", KEY_OPTIONAL, false, "(any)", "0.5, 0.9, 0.95, 0.99, 0.999 or \"max\"",
     NAME_OR_NUMBER},
    {"rollout", KEY_OPTIONAL, false, "(any)", "of this rollout, \"1\" for the scenario's first",
     NAME_OR_NUMBER},
    {"region", KEY_OPTIONAL, false, "(any)", "in this region (M4)", TEXT},
    {"priority", KEY_OPTIONAL, false, "(any)", "of this priority (Q2)", CHOICE(priority_names)},
    {"window", KEY_OPTIONAL, false, "(any)",
     "over a window of this length: \"1m\", \"5m\", \"30m\", \"1h\", \"6h\", \"1d\" or \"3d\"",
     TEXT},
    {0},
};

static const struct key expectation_rows[] = {
    {"metric", KEY_REQUIRED, false, NULL, "the number",
     CHOICE_AS(policies_metric, "the name of a metric")},
    STAT,
    {"min", KEY_OPTIONAL, false, NULL, "it is at least this", NUMBER(-1e300, 1e300)},
    {"max", KEY_OPTIONAL, false, NULL, "it is at most this", NUMBER(-1e300, 1e300)},
    {"alternative", KEY_OPTIONAL, false, "(all)", "in this alternative", TEXT},
    {0},
};
const struct keys keys_expectation = {.id = "expectation",
                                      .what = "an expectation",
                                      .file = __FILE__,
                                      .rows = {expectation_rows, keys_label_rows}};

static const char *const best_names[] = {"smallest", "largest", NULL};
static const struct key selection_rows[] = {
    {"metric", KEY_OPTIONAL, false, "(nothing decides)", "the number that decides",
     CHOICE_AS(policies_metric, "the name of a metric")},
    {"best", KEY_OPTIONAL, false, "(the metric's direction)", "which value of it is the best",
     CHOICE(best_names)},
    {"zones", KEY_OPTIONAL, false, NULL,
     "by metric the smallest difference that matters, in its unit",
     NAMES("METRIC", FORM(NUMBER(1e-12, 1e12)))},
    {0},
};
const struct keys keys_selection = {.id = "selection",
                                    .what = "a selection",
                                    .file = __FILE__,
                                    .rows = {selection_rows, keys_label_rows},
                                    .tables = {selection_params}};

// Machines.

static const struct key machine_rows[] = {
    {"price_usd_per_s", KEY_OPTIONAL, false, "(the catalogue's)",
     "price of each billed second of a runner, for each GPU of GPU types (M1)", NUMBER(0, 1e6)},
    {"price_usd_per_h", KEY_OPTIONAL, false, "(the catalogue's)",
     "price of each billed hour of a runner, for each GPU of GPU types (M1)", NUMBER(0, 1e6)},
    {"capacity", KEY_OPTIONAL, false, "\"unlimited\"",
     "machines, or GPUs of GPU types, that all apps share; by region as {\"us-west\": 4} (M1, M3, "
     "M4)",
     COUNT_OR(0, KEY_NO_LIMIT, FORM(NAMES("REGION", FORM(COUNT(0, KEY_NO_LIMIT)))))},
    {"surge", KEY_OPTIONAL, false, NULL,
     "price windows, in the order of time, that do not overlap (M1)",
     LIST(1, 16, FORM(OBJECT(keys_surge)))},
    {0},
};
const struct keys keys_machine = {.id = "machine_type",
                                  .what = "a machine type",
                                  .file = __FILE__,
                                  .rows = {machine_rows},
                                  .tables = {machine_params}};

static const struct key surge_rows[] = {
    {"from", KEY_OPTIONAL, true, "\"0s\"", "begin of the price window", TIME(0, KEY_LONGEST)},
    {"until", KEY_REQUIRED, true, NULL, "end of the price window", TIME(0, KEY_LONGEST)},
    {"factor", KEY_REQUIRED, false, NULL, "what the price is multiplied by", NUMBER(0, 1000)},
    {0},
};
const struct keys keys_surge = {
    .id = "surge", .what = "a price window", .file = __FILE__, .rows = {surge_rows}};

static const struct key platform_rows[] = {
    {"tiers", KEY_OPTIONAL, false, NULL,
     "bandwidths that steps of setup() read from, by name, GB/s (P3)",
     NAMES("NAME", FORM(PLAIN_DIST))},
    {0},
};
const struct keys keys_platform = {.id = "platform",
                                   .what = "the platform",
                                   .file = __FILE__,
                                   .rows = {platform_rows},
                                   .tables = {platform_params}};

const struct keys keys_limits = {
    .id = "limits", .what = "the limits", .file = __FILE__, .tables = {limits_params}};

const struct keys keys_downtime = {
    .id = "downtime", .what = "the downtime", .file = __FILE__, .tables = {downtime_params}};

static const struct key caller_rows[] = {
    {"concurrency_limit", KEY_OPTIONAL, false, "(none)",
     "requests in progress at once in shared mode, over all apps (Q9)", COUNT(1, 1e6)},
    {0},
};
const struct keys keys_caller = {
    .id = "caller", .what = "a caller", .file = __FILE__, .rows = {caller_rows}};
