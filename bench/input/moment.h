#pragma once

#include <stdint.h>

// Points in time as traces write them, without a locale and without a time zone other than UTC:
//
//   2023-11-16 18:15:46.6805900    T instead of the space, and Z or +00:00 at the end, are allowed
//   1587650005.4912045             seconds, of Unix time or since anything else
//
// Both become whole nanoseconds, exactly; digits after the ninth are dropped.

// NULL and the nanoseconds (>= 0), or why the text is no such point.
const char *moment_parse(const char *text, int64_t *ns);
