#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "sim/arena.h"

// The small language of "where": which points of a grid are of interest.
//
//   strategy == 'rolling' || surge == 0          min < max && keep_alive <= 5m
//
//   or     and || and ...          sum    term + term - ...
//   and    test && test ...        term   unary * / % unary ...
//   test   sum [== != < <= > >= sum]      unary  ! unary | - unary | value | ( or )
//   value  12.5   90s   1h30m   'text' or "text"   true   false   name   `any name`
//
// Typed: numbers (durations are numbers of seconds), texts and truths never mix; texts know == and
// != only, and a text that a name is compared with must be one of its values.  Comparisons do not
// chain.  All of this is checked when the text is read, so that a condition cannot fail later;
// x / 0 is not a number, and every comparison with it but != is false.

enum condition_type { CONDITION_NUMBER, CONDITION_TEXT, CONDITION_TRUTH };

struct condition_name { // what a condition may speak about
    const char *name;
    enum condition_type type;
    const char *const *texts; // CONDITION_TEXT: all its values, ends with NULL
};

struct condition_value {
    double number;    // 0 or 1 of a truth
    const char *text; // of a text
};

struct condition_problem {
    size_t at; // character of the text, from 1
    const char *expected;
    char got[48];     // empty: nothing to say
    const char *hint; // NULL: none; of the names or texts given
};

enum { CONDITION_LENGTH_MAX = 4096, CONDITION_DEPTH_MAX = 64 };

struct condition; // opaque; lives in the arena

// NULL: *problem says what is wrong.
const struct condition *condition_parse(struct arena *arena, const char *text,
                                        const struct condition_name *names, size_t count,
                                        struct condition_problem *problem);
// Values by the index of their names.
bool condition_holds(const struct condition *condition, const struct condition_value *values);
