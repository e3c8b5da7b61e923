#pragma once

#include <stdio.h>

// The JSON schema (draft-07) of a scenario file, from the rows of bench/input/keys.h: editors
// complete keys with it, show their meaning and mark what is wrong.
//
// It is as strict as the reader where a schema can be: names, types, ranges, words, which keys must
// be given.  It knows no durations out of range, no contradictions between values and no names that
// one part of a file defines for another.

void schema_print(FILE *out);
