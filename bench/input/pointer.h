#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "bench/input/diag.h"
#include "bench/input/json.h"

// Sets a value in a tree by its JSON pointer (RFC 6901): what --set and the alternatives of a
// scenario do.
//
// The object or list that is to hold the value must exist.  In an object the value replaces the one
// of that key or adds it (whether the key is allowed is for the reader to say); in a list an index
// replaces and "-" appends.  ~1 stands for a slash in a key, ~0 for a tilde.

struct pointer_change {
    const char *pointer;
    cJSON *value;            // goes into the tree, or is deleted when the path leads nowhere
    struct diag_place place; // for the problem
    const char *name;        // how the problem names the change: a pointer of its own, or NULL
};

// False: diag says why.
bool pointer_set(cJSON *root, const struct pointer_change *change, struct diag *diag);

// Text of the form /json/pointer=value: the value is JSON, or else a string.
bool pointer_override(struct json *json, cJSON *root, const char *text, struct diag *diag);

// json_file() of values that pointer_override() has set.
extern const char pointer_override_file[]; // "--set"
