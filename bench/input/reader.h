#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/input/diag.h"
#include "bench/input/json.h"
#include "models/param.h"
#include "sim/arena.h"
#include "sim/dist.h"
#include "sim/time.h"

// Reads an object of a scenario: keys by tables of models/param.h, keys asked for one by one, and at the
// end a complaint about every key that nobody has asked for.
//
//   struct object app = object_open(reader, node);
//   object_table(&app, scaling_params, &scaling);   // defaults, then what the file gives
//   const cJSON *traffic = object_find(&app, "traffic");
//   object_close(&app);
//
// Every question makes its key a legal one, so a key exists in one place only: where it is read.  Keys that begin
// with "x-" and "$comment" are free for notes.  Nothing stops at a problem; diag has the count.

struct reader {
    struct arena *arena;
    struct diag *diag;
    const struct json *json;
};

enum { OBJECT_KEYS_MAX = 64 }; // keys that one kind of object may have

struct object {
    const struct reader *reader;
    const cJSON *node; // NULL: not an object; every question then finds nothing
    const char *keys[OBJECT_KEYS_MAX];
    uint32_t key_count;
    bool required_reported;
};

struct object object_open(const struct reader *reader, const cJSON *node);
void object_close(struct object *object);

const cJSON *object_find(struct object *object, const char *key);    // NULL: absent
const cJSON *object_require(struct object *object, const char *key); // NULL: absent, reported

// Fills `base` with the defaults of a table, then with what the object gives; object_changes() leaves
// what the object does not give as it was.
void object_table(struct object *object, const struct param *table, void *base);
void object_changes(struct object *object, const struct param *table, void *base);
// Makes the keys of a table legal without reading them.
void object_allow(struct object *object, const struct param *table);

// Durations and distributions: the key, or the key with "_s" and a number.  False: absent or wrong
// (reported); then *value stays as it was.
struct time_range {
    double min, max; // seconds; with max infinite "never" is allowed
};
bool object_time(struct object *object, const char *key, struct time_range range, sim_time *value);
bool object_dist(struct object *object, const char *key, struct dist *value);
bool object_has(struct object *object, const char *key); // in either form

// Single values.  False: reported, and *value stays as it was.
struct number_range {
    double min, max;
};
bool read_number(const struct reader *reader, const cJSON *node, struct number_range range, double *value);
bool read_count(const struct reader *reader, const cJSON *node, struct number_range range,
                uint32_t *value); // where max is UINT32_MAX, "unlimited" is allowed
bool read_time(const struct reader *reader, const cJSON *node, struct time_range range, sim_time *value);
bool read_seconds(const struct reader *reader, const cJSON *node, struct time_range range, double *value);
bool read_flag(const struct reader *reader, const cJSON *node, bool *value);
bool read_choice(const struct reader *reader, const cJSON *node, const char *const *choices,
                 uint32_t *value);
const char *read_text(const struct reader *reader, const cJSON *node); // a copy; NULL: reported

// Problems with a value or with its key.  Always false.
bool reader_error(const struct reader *reader, const cJSON *node, const char *code,
                  const char *expected, const char *hint); // what was got is the value itself
bool reader_key_error(const struct reader *reader, const cJSON *node, const char *code,
                      const char *expected, const char *got, const char *hint);
void reader_warning(const struct reader *reader, const cJSON *node, const char *code, const char *text,
                    const char *hint);

// The value in words: 2.5, "text", null, an object, a list.
const char *reader_words(const struct reader *reader, const cJSON *node);
// "did you mean \"X\"?", or NULL for NULL.
const char *reader_hint(const struct reader *reader, const char *suggestion);
