#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/input/keys.h"
#include "bench/input/reader.h"
#include "models/param.h"
#include "sim/dist.h"

// Reads an object of a scenario: keys by tables of models/param.h, keys asked for one by one, and
// at the end a complaint about every key that nobody has asked for.
//
//   struct object app = object_open(reader, node, &keys_app);
//   object_table(&app, scaling_params, &scaling);   // defaults, then what the file gives
//   const cJSON *traffic = object_find(&app, "traffic");
//   object_close(&app);
//
// Every question makes its key a legal one.  What may be asked for is a row of the object's keys
// (keys.h), so that `explain` and the schema know it: tests, which build with SIM_CHECKS_SLOW, end
// at a question without a row with a line that says where it belongs.  Keys that begin with "x-"
// and
// "$comment" are free for notes.  Nothing stops at a problem; diag has the count.

enum { OBJECT_KEYS_MAX = 160 }; // keys that one kind of object may have

struct object_key {
    const char *name;
    bool timed; // also legal with "_s"
};

struct object {
    const struct reader *reader;
    const struct keys *kind;
    const cJSON *node; // NULL: not an object; every question then finds nothing
    struct object_key keys[OBJECT_KEYS_MAX]; // asked for so far
    uint32_t key_count;
    const char *reserved; // a key that tables leave alone: somebody else reads it; NULL: none
};

// With node NULL (the object was not given) there is nothing to report.
struct object object_open(const struct reader *reader, const cJSON *node, const struct keys *kind);
void object_close(struct object *object);

bool object_has(const struct object *object, const char *key);     // in one form or the other
bool object_require_timed(struct object *object, const char *key); // false: in neither, reported
bool object_is_comment(const cJSON *node); // "$comment", where the other keys are names

const cJSON *object_find(struct object *object, const char *key);    // NULL: absent
const cJSON *object_require(struct object *object, const char *key); // NULL: absent, reported

// Fills `base` with the defaults of a table, then with what the object gives.
void object_table(struct object *object, const struct param *table, void *base);
// The same without defaults: what the object does not give stays as it was.
void object_changes(struct object *object, const struct param *table, void *base);
// Makes the keys of a table legal without reading them.
void object_allow(struct object *object, const struct param *table);

// Durations and distributions are given under the key, or as a number of seconds under the key with
// "_s".
const cJSON *object_find_timed(struct object *object,
                               const char *key); // NULL: absent or both (reported)
// False: absent, or wrong and reported; then *value stays as it was.
bool object_time(struct object *object, const char *key, struct time_range range, sim_time *value);
bool object_dist(struct object *object, const char *key, struct dist *value);
bool object_duration(struct object *object, const char *key, struct time_range range,
                     double *seconds);

// A key that must be given is absent (`what` says which, several joined by "or").  Always false.
bool object_lacks(const struct object *object, const char *key, const char *what);
