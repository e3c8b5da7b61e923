#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/arena.h"

// The two scalars of JSON whose text is not obvious, in both directions.

// Length of the escape at a backslash, and its code point; 0: it is wrong, and *why says how.
size_t json_read_escape(const char *at, const char *end, uint32_t *code, const char **why);

// The text of a string without its quotes, escapes resolved; wrong escapes stay as they are.
const char *json_decode(struct arena *arena, const char *from, const char *to);

// Writes a string with its quotes.
void json_write_string(FILE *out, const char *text);

// NULL, or why the text is not a JSON number that a double can hold.
const char *json_number_fault(const char *text);

enum { JSON_NUMBER_TEXT = 32 };

// The shortest of %.15g, %.16g and %.17g that strtod() turns back into the same double; whole
// numbers below 2^53 in plain digits; "null" for what JSON cannot say (infinite, NaN).  Returns
// buffer.
const char *json_number_text(double number, char buffer[JSON_NUMBER_TEXT]);
