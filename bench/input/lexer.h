#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/diag.h"
#include "sim/arena.h"

// A strict reading of JSON (RFC 8259) that builds no tree: it finds out whether the text is right
// and where each value and each key stands.
//
// It refuses what cJSON lets through: a byte order mark, text that is not UTF-8, duplicate keys
// (also when one is written with escapes), leading zeros, numbers that end in a point or pass the
// range of a double, raw control characters, NUL in strings, text after the end; and what is too
// deep, too long or too many. After a problem inside a value it goes on, so that one run shows all
// of them; after a problem in the structure it stops.

enum {
    LEXER_DEPTH_MAX = 64,
    LEXER_STRING_MAX = 64 << 10, // bytes between the quotes
    LEXER_NUMBER_MAX = 60,       // characters; cJSON reads no more than 63
    LEXER_VALUES_MAX = 1 << 18,  // values in one text
    LEXER_ERRORS_MAX = 100,      // then it stops
};

struct lexer_value {
    uint32_t line, column;         // of the value, from 1
    uint32_t key_line, key_column; // of its key; 0 in lists and at the top
    uint32_t parent; // index of the object or list that holds it; UINT32_MAX at the top
    uint32_t index;  // its number in there
    const char *key; // escapes resolved; NULL in lists and at the top
};

struct lexer_source {
    const char *file; // for messages
    const char *text;
    size_t length;
};

struct lexer_values { // in pre-order: parents before children, in the order of the text
    struct lexer_value *values;
    uint32_t count;
};

// False: diag says why.
bool lexer_scan(struct lexer_values *values, struct arena *arena, const struct lexer_source *source,
                struct diag *diag);
