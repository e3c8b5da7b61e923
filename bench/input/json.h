#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "bench/input/diag.h"
#include "bench/input/lexer.h"
#include "sim/arena.h"

// JSON trees that know where each value was written.
//
// The lexer reads a text first, strictly; then cJSON builds the tree, and both are walked together,
// so that each value gets the number of its place.  The number is kept in the node's `valueint`,
// which cJSON itself no longer wants to be used: so a copy of a tree (cJSON_Duplicate), a tree
// patched with parts of another and a value moved elsewhere keep their places without further work.
// Numbers are read from `valuedouble`.
//
// A `struct json` holds the places of any number of texts.  Trees belong to who asked for them and
// end with cJSON_Delete(); all else lives in the arena.

struct json;

struct json *json_create(struct arena *arena);
struct arena *json_arena(const struct json *json);

// NULL: diag says why.
cJSON *json_parse(struct json *json, const struct lexer_source *source, struct diag *diag);

struct diag_place json_place(const struct json *json, const cJSON *node); // of the value
struct diag_place json_key_place(const struct json *json,
                                 const cJSON *node); // of its key, if it has one

// The JSON pointer (RFC 6901) of where the node was written, "/apps/MyApp/setup".
const char *json_pointer(const struct json *json, const cJSON *node);
// The same for a key that the object has not got.
const char *json_pointer_to(const struct json *json, const cJSON *object, const char *key);

// From now on the tree counts as standing at `pointer`.  With file NULL its places stay what they
// were; else they become that file, without line and column.
void json_move(struct json *json, cJSON *node, const char *pointer, const char *file);

// The same with a place: the tree and all in it count as written there.
void json_settle(struct json *json, cJSON *node, const char *pointer, struct diag_place place);

cJSON *json_child(const cJSON *object, const char *key); // NULL: absent, or not an object

// The file that a value comes from: the same pointer for all values of one text.
const char *json_file(const struct json *json, const cJSON *node);

// The merge patch of RFC 7396: null removes a key, objects are merged, anything else replaces.
void json_merge(cJSON *target, const cJSON *patch);

// One line of text without spaces, keys in the order of the tree, numbers that read back as the
// same double.
const char *json_write(struct arena *arena, const cJSON *node);
