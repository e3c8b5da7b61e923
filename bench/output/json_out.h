#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// JSON as result files have it: indented, one line for each row of a list, numbers that read back
// as the same double, null for what is undefined; and the parts that all result files share.
//
//   struct json_out json = json_out_begin(stream), *j = &json;
//   json_out_count(j, "warmpool", 1);
//   json_out_open(j, "points", '[');
//   json_out_open_row(j);
//   json_out_number(j, "mean", 1.5);
//   json_out_close_row(j);
//   json_out_close(j, ']');
//   return json_out_end(j);

struct json_out {
    FILE *stream;
    int depth, flat; // objects and arrays that are open; from depth `flat` on all is on one line
    bool first;      // nothing yet in the innermost of them
};

struct json_out json_out_begin(FILE *stream);
bool json_out_end(struct json_out *j); // false: ferror

// Ends what came before, and starts a member whose value comes next (key NULL: an item of a list).
void json_out_key(struct json_out *j, const char *key);
void json_out_open(struct json_out *j, const char *key, char bracket);
void json_out_close(struct json_out *j, char bracket);
void json_out_open_row(struct json_out *j); // an item of a list, on one line
void json_out_close_row(struct json_out *j);

void json_out_text(struct json_out *j, const char *key, const char *text); // NULL: null
void json_out_number(struct json_out *j, const char *key, double value);
void json_out_count(struct json_out *j, const char *key, uint64_t value);
void json_out_flag(struct json_out *j, const char *key, bool value);

const char *json_out_verdict(int exit_code); // "ok", "expectation_missed", ...
void json_out_labels(struct json_out *j, const char *const labels[LABELS]);
void json_out_column(struct json_out *j, const struct column *column); // metric to better
void json_out_interval(struct json_out *j, const struct summary *s);   // mean to n
void json_out_spread(struct json_out *j, const struct summary *s);     // undefined to max
void json_out_scenario(struct json_out *j, const struct scenario *scenario);
// What every result file begins with: the version, verdict, exit_code, interrupted, seed, scenario.
void json_out_head(struct json_out *j, const struct scenario *scenario, int exit_code,
                   bool interrupted);
