#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/input/diag.h"
#include "bench/input/json.h"
#include "sim/arena.h"
#include "sim/time.h"

// Reads single values of a scenario and reports what is wrong with them.
//
// The functions that fill *value return false when they have reported something; *value then stays
// as it was.

struct reader { // what every reader of a part of the scenario needs
    struct arena *arena;
    struct diag *diag;
    const struct json *json;
    bool plain; // distributions are of plain numbers, not of times
};

struct number_range {
    double min, max;
};
struct time_range {  // seconds
    double min, max; // with max infinite "never" is allowed
};

#define SECONDS_MAX 9e9 // about 285 years: what a sim_time holds

bool reader_number(const struct reader *reader, const cJSON *node, struct number_range range,
                   double *value);
bool reader_count(const struct reader *reader, const cJSON *node, struct number_range range,
                  uint32_t *value); // where max is UINT32_MAX, "unlimited" is allowed
bool reader_time(const struct reader *reader, const cJSON *node, struct time_range range,
                 sim_time *value);
bool reader_seconds(const struct reader *reader, const cJSON *node, struct time_range range,
                    double *value);
bool reader_flag(const struct reader *reader, const cJSON *node, bool *value);
bool reader_choice(const struct reader *reader, const cJSON *node, const char *const *choices,
                   uint32_t *value);                                     // choices end with NULL
const char *reader_text(const struct reader *reader, const cJSON *node); // a copy; NULL: reported

// A problem with a value (what was got is the value itself) or with its key.  Always false.
bool reader_error(const struct reader *reader, const cJSON *node, const char *code,
                  const char *expected, const char *hint);
bool reader_key_error(const struct reader *reader, const cJSON *node, const char *code,
                      const char *expected, const char *got, const char *hint);
void reader_warning(const struct reader *reader, const cJSON *node, const char *code,
                    const char *text, const char *hint);

// The value in words: 2.5, "text", null, an object, a list.
const char *reader_words(const struct reader *reader, const cJSON *node);
// "did you mean \"X\"?", or NULL for NULL.
const char *reader_hint(const struct reader *reader, const char *suggestion);

// What a value may be, in words: "a whole number from 0 to 7".
const char *reader_number_words(const struct reader *reader, struct number_range range);
const char *reader_count_words(const struct reader *reader, struct number_range range);
const char *reader_time_words(const struct reader *reader, struct time_range range);
const char *reader_choice_words(const struct reader *reader, const char *const *choices);
