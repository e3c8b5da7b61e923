#pragma once

#include <stddef.h>

#include "sim/time.h"

// Durations as people write them: "90s", "5m", "1h30m", "250ms", "2d", "1.5h".
//
// One or more numbers, each with its unit (d h m s ms us ns), largest unit first, each at most
// once; only the last number may have a fraction.  No sign, no spaces, no bare number.  "never" is
// not a duration: the keys that allow it ask for it themselves.

// NULL and the duration, or why the text is none ("a number without a unit; write \"90s\"").
const char *duration_parse(const char *text, sim_time *duration);

enum { DURATION_TEXT = 48 };

// The shortest such text for a number of seconds, "1h30m" or "0.25s" ("never" when infinite).
// Returns buffer.
const char *duration_text(double seconds, char buffer[DURATION_TEXT]);
