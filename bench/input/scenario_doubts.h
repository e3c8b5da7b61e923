#pragma once

#include "bench/input/scenario_parts.h"

// What is allowed and yet says that the author means something else: settings without effect,
// limits that cut what they should bound, callers whom an app never admits.  Each gets a warning.
//
// A file with `compare` is not asked about effects: its alternatives may differ in just the setting
// that another one depends on.

// Of an alternative that has been read without an error; `file` is its top object.
void scenario_doubts_check(struct parts *parts, const cJSON *file);
