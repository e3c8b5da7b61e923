#pragma once

#include <stddef.h>
#include <stdint.h>

// One key that a scenario may set: where the value goes, what it may be, what it means.  A table of
// these is all that the reader, `explain`, the JSON schema and the README need, so a key exists in
// one place.
//
// A PARAM_TIME key "keep_alive" takes a duration such as "90s"; the reader also takes
// "keep_alive_s" with a plain number of seconds.  The same holds for PARAM_DIST.

enum param_type {
    PARAM_COUNT,  // uint32_t
    PARAM_NUMBER, // double
    PARAM_TIME,   // sim_time; "never" is allowed where max is infinite
    PARAM_FLAG,   // bool
    PARAM_CHOICE, // uint32_t, index into choices
    PARAM_TEXT,   // const char *
    PARAM_DIST,   // struct dist; fallback is a constant in seconds
};

struct param {
    const char *key; // NULL ends a table
    enum param_type type;
    size_t offset;
    double fallback, min, max;  // times in seconds; NaN as fallback: the key must be given
    const char *help;           // one sentence, with the unit and the rule of DESIGN.md section 2
    const char *const *choices; // PARAM_CHOICE: names, ends with NULL
};
