// Keys of "sweep" and "plan".

#include "bench/input/key_forms.h"
#include "bench/input/policies.h"
#include "bench/input/scenario_search.h"
#include "bench/input/scenario_sweep.h"

#define AMOUNT NUMBER_OR(-1e300, 1e300, FORM(TIME(0, KEY_LONGEST)))
#define ABOVE_0 NUMBER_OR(1e-300, 1e300, FORM(TIME(1e-9, KEY_LONGEST)))
#define POINTER "^(/.*|[$]comment)$"

static const struct key sweep_rows[] = {
    {"axes", KEY_REQUIRED, false, NULL,
     "the keys that vary: {\"/json/pointer\": [value, value]}, or by name with \"path\"",
     NAMES("POINTER", FORM({.kind = KEY_LIST,
                            .max = AXIS_VALUES_MAX,
                            .entry = FORM(ANY),
                            .other = FORM(OBJECT(keys_axis))}))},
    {"zip", KEY_OPTIONAL, false, NULL, "axes that move together, by their names",
     LIST(0, SWEEP_AXES_MAX, FORM(LIST(2, SWEEP_AXES_MAX, FORM(TEXT))))},
    {"where", KEY_OPTIONAL, false, "(all)",
     "points that are wanted: a condition on names of axes, as \"a < b || strategy == 'rolling'\"",
     TEXT},
    {"design", KEY_OPTIONAL, false, "\"grid\"", "which points the axes make",
     CHOICE(sweep_design_names)},
    {"points", KEY_OPTIONAL, false, "64", "how many, in the designs lhs and sobol",
     COUNT(1, SWEEP_POINTS_MAX)},
    {"percent", KEY_OPTIONAL, false, "10", "how far a tornado goes down and up",
     NUMBER(1e-6, 99.999)},
    {"metrics", KEY_OPTIONAL, false, "(the usual ones)", "the numbers to report",
     LIST(1, 100, FORM(OBJECT(keys_choice)))},
    {0},
};
const struct keys keys_sweep = {
    .id = "sweep", .what = "a sweep", .file = __FILE__, .rows = {sweep_rows}};

static const struct key axis_rows[] = {
    {"path", KEY_OPTIONAL, false, "(the axis's name)", "JSON pointer of the key that varies",
     TEXT_LIKE("^/", "/json/pointer")},
    {"values", KEY_ONE, false, NULL, "its values", LIST(0, AXIS_VALUES_MAX, FORM(ANY))},
    {"range", KEY_ONE, false, NULL, "values evenly apart", OBJECT(keys_axis_range)},
    {"log", KEY_ONE, false, NULL, "values in equal proportions", OBJECT(keys_axis_log)},
    {0},
};
const struct keys keys_axis = {
    .id = "axis", .what = "an axis", .file = __FILE__, .rows = {axis_rows}};

static const struct key axis_range_rows[] = {
    {"from", KEY_REQUIRED, false, NULL, "lowest value, a number or a duration", AMOUNT},
    {"to", KEY_REQUIRED, false, NULL, "highest value", AMOUNT},
    {"step", KEY_OPTIONAL, false, "(any value)", "from one value to the next; a grid needs it",
     ABOVE_0},
    {0},
};
const struct keys keys_axis_range = {
    .id = "axis_range", .what = "a range", .file = __FILE__, .rows = {axis_range_rows}};

static const struct key axis_log_rows[] = {
    {"from", KEY_REQUIRED, false, NULL, "lowest value, above 0", ABOVE_0},
    {"to", KEY_REQUIRED, false, NULL, "highest value", ABOVE_0},
    {"points", KEY_OPTIONAL, false, "(any value)", "how many values; a grid needs it",
     COUNT(2, AXIS_VALUES_MAX)},
    {0},
};
const struct keys keys_axis_log = {
    .id = "axis_log", .what = "a log scale", .file = __FILE__, .rows = {axis_log_rows}};

static const struct key choice_rows[] = {
    {"metric", KEY_REQUIRED, false, NULL, "the number; of all with these labels the coarsest",
     CHOICE_AS(policies_metric, "the name of a metric")},
    {0},
};
const struct keys keys_choice = {.id = "choice",
                                 .what = "a number to report",
                                 .file = __FILE__,
                                 .rows = {choice_rows, keys_label_rows}};

static const struct key plan_rows[] = {
    {"minimise", KEY_REQUIRED, false, NULL, "what should be low", OBJECT(keys_minimise)},
    {"subject_to", KEY_REQUIRED, false, NULL, "promises that a setting must keep with confidence",
     LIST(1, SEARCH_LIMITS_MAX, FORM(OBJECT(keys_promise)))},
    {"knobs", KEY_REQUIRED, false, NULL, "the keys that may be set, by JSON pointer",
     NAMES_LIKE(POINTER, "POINTER", FORM(OBJECT(keys_knob)))},
    {"replications", KEY_OPTIONAL, false, NULL, "how many of each setting",
     OBJECT(keys_plan_replications)},
    {"points", KEY_OPTIONAL, false, "1000", "settings that may be tried", COUNT(1, 100000)},
    {0},
};
const struct keys keys_plan = {
    .id = "plan", .what = "a plan", .file = __FILE__, .rows = {plan_rows}};

static const struct key minimise_rows[] = {
    {"metric", KEY_REQUIRED, false, NULL, "the number; money, times and counts add up over labels",
     CHOICE_AS(policies_metric, "the name of a metric")},
    {"indifference", KEY_OPTIONAL, false, "(1 % of the lowest)",
     "a difference that does not matter", NUMBER(1e-300, 1e300)},
    {0},
};
const struct keys keys_minimise = {.id = "minimise",
                                   .what = "what a plan minimises",
                                   .file = __FILE__,
                                   .rows = {minimise_rows, keys_label_rows}};

static const struct key promise_rows[] = {
    {"metric", KEY_REQUIRED, false, NULL, "the number; each that has these labels must keep it",
     CHOICE_AS(policies_metric, "the name of a metric")},
    {"min", KEY_OPTIONAL, false, "(none)", "it is at least this", NUMBER(-1e300, 1e300)},
    {"max", KEY_OPTIONAL, false, "(none)", "it is at most this", NUMBER(-1e300, 1e300)},
    {0},
};
const struct keys keys_promise = {.id = "promise",
                                  .what = "a promise of a plan",
                                  .file = __FILE__,
                                  .rows = {promise_rows, keys_label_rows}};

static const struct key knob_rows[] = {
    {"from", KEY_OPTIONAL, false, NULL, "lowest value, a number or a duration", AMOUNT},
    {"to", KEY_OPTIONAL, false, NULL, "highest value", AMOUNT},
    {"step", KEY_OPTIONAL, false, "(1 between whole ends)", "from one value to the next", ABOVE_0},
    {"points", KEY_OPTIONAL, false, "65", "how many values, without a step",
     COUNT(2, AXIS_VALUES_MAX)},
    {"log", KEY_OPTIONAL, false, "false", "in equal proportions", FLAG},
    {"values", KEY_OPTIONAL, false, NULL, "the values themselves, instead of the keys above",
     LIST(1, AXIS_VALUES_MAX, FORM(ANY))},
    {"monotone", KEY_OPTIONAL, false, "(not known)",
     "up: more of it is never less safe and never cheaper; down: less of it; it is checked",
     CHOICE(knob_trend_names)},
    {0},
};
const struct keys keys_knob = {
    .id = "knob", .what = "a knob of a plan", .file = __FILE__, .rows = {knob_rows}};

static const struct key plan_replications_rows[] = {
    {"initial", KEY_OPTIONAL, false, "(as replications)", "of every setting", COUNT(2, 1e6)},
    {"max", KEY_OPTIONAL, false, "(16 x initial)",
     "of those that are undecided, or close to the best", COUNT(2, 1e6)},
    {0},
};
const struct keys keys_plan_replications = {.id = "plan_replications",
                                            .what = "replications of a plan",
                                            .file = __FILE__,
                                            .rows = {plan_replications_rows}};
