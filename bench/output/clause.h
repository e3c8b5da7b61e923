#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"
#include "bench/output/number.h"

// Half a sentence about the alternatives: what a number is with each of them.
//
//   MyApp was down 41.2 s (95 % interval 40.1 s to 42.3 s) with recreate and never down with A.
//   MyApp was never down with A, B and C; down 41.2 s with recreate.
//
// Alternatives of which the same is to be said share a place.  Of more than four the best and the
// worst are named.

enum { CLAUSE_MOST = 4 };

typedef struct number_text clause_number(double value);

struct clause {
    const char *before, *value, *zero; // "MyApp was ", "down ", "never down"; zero NULL: a number
    double perfect;                    // the number that `zero` stands for
    const char *event; // "failures in ": what there was none of then; NULL: clear from `zero`
    clause_number *show, *show_end; // of the number, and of the ends of its interval
    double scale;                   // of the value; 0: 1
    struct column column;
};

void clause_say(FILE *out, const struct experiment_result *result, const struct clause *clause);

// The same for what is no number.  `write` writes what is to be said of an alternative, or nothing;
// of more than four alternatives nothing is said.
typedef void clause_writer(FILE *out, const struct alternative_result *alternative,
                           const void *context);
void clause_say_words(FILE *out, const struct experiment_result *result, const char *before,
                      clause_writer *write, const void *context);

// The number's summary, or NULL: the alternative has no such number, or it is never defined.
const struct summary *clause_find(const struct alternative_result *alternative,
                                  const struct column *column);
bool clause_is_zero(const struct experiment_result *result, const struct column *column);

struct clause_interval { // how to say one
    clause_number *show;
    struct number_text level; // "95 %"
    bool bare;                // without brackets, which the number has already
};
// " (95 % interval 40.1 s to 42.3 s)", unless both ends read alike.
void clause_say_interval(FILE *out, double low, double high, const struct clause_interval *how);
