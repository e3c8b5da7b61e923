#pragma once

#include "bench/input/scenario.h"
#include "bench/input/object.h"

// One key of a scenario and the values that a sweep or a search gives it.
//
//   "/apps/MyApp/min_concurrency": [0, 1, 2, 4]                       named after the last step
//   "rate": {"path": "/apps/A/traffic/0/poisson/rate_per_s", "values": [0.1, 1]}
//   "rate": {"path": "...", "range": {"from": 0, "to": 3, "step": 1}}
//   "rate": {"path": "...", "log": {"from": 0.1, "to": 100, "points": 4}}
//
// From, to and step are numbers or durations.  A range without a step, or a log one without points,
// is continuous: only designs that draw their points can use it.  Nothing says here whether a key
// takes a value: that is found out by reading the scenario with it.

enum axis_kind { // by its values: all of them numbers, durations ("never" too), flags, or else
    AXIS_NUMBER,
    AXIS_TIME,
    AXIS_FLAG,
    AXIS_TEXT,
};

struct axis_value {
    const char *label; // for tables: "4", "5m", "rolling"
    double number;     // seconds of a duration, infinite for "never"; 0 or 1 of a flag; else NaN
    const struct scenario_change *changes; // mostly one
    size_t change_count;
};

struct axis {
    const char *name;    // of columns, and in conditions
    const char *pointer; // NULL: the alternatives of the file
    enum axis_kind kind;
    const struct axis_value *values; // of a continuous one: its two ends
    size_t count;
    bool continuous, log;
    struct diag_place place; // of the key
    const char *where;       // how a problem names it: a pointer
};

enum { AXIS_VALUES_MAX = 10000, AXIS_LEVELS = 65 };

// From a member of "axes".  False: reported.
bool axis_read(const struct reader *reader, const cJSON *node, struct axis *axis);

// From a member of "knobs": {"from", "to", "step", "log"} or {"values"}; the caller closes the
// object, which may have other keys.  Whole ends without a step are a step of 1 apart; otherwise
// AXIS_LEVELS values are spread evenly.  Never continuous.
bool axis_read_knob(struct object *object, struct axis *axis);

// The value at a share from 0 to 1 of a continuous axis, with six digits.
struct axis_value axis_at(const struct axis *axis, struct arena *arena, double share);

// A value that nobody wrote: a number of this kind, at the axis's place.
struct axis_value axis_made(const struct axis *axis, struct arena *arena, double number);

// Is it numeric, so that it has a lowest and a highest value and can be an axis of a picture?
bool axis_numeric(const struct axis *axis);
