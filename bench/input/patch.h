#pragma once

#include "bench/input/scenario.h"

// Changes of a scenario as a JSON merge patch (RFC 7396): what makes a file out of another.
//
//   /apps/MyApp/min_concurrency=2   {"apps": {"MyApp": {"min_concurrency": 2}}}
//
// A merge patch replaces lists as a whole, so a change inside a list brings the whole list.
// `resolved` is the scenario as JSON text; the changes are known to fit it.  One line of text;
// NULL: no memory.

const char *patch_text(struct arena *arena, const char *resolved,
                       const struct scenario_change *changes, size_t count);
