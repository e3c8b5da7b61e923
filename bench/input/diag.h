#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "sim/arena.h"

// Collected problems of input files, printed together, always in this form (DESIGN section 4):
//
//   scenarios/burst.json:9:24: error[E0304]: /apps/MyApp/min_concurrency: expected a whole
//   number from 0 to 100000, got 2.5; hint
//
// (one line each).  Positions are 1-based; columns count code points; 0 leaves line and column out.
// Problems are printed file by file in order of position, at most DIAG_SHOWN of them and then a
// count of the rest. The same problem reported twice (a file is read once for each of its
// alternatives) counts once.
//
// Text of a user's goes into a message through diag_quote(), which cuts it short; control
// characters are written as escapes wherever they come from, so that no file can steer a terminal.

enum diag_severity { DIAG_ERROR, DIAG_WARNING };

enum {
    DIAG_SHOWN = 100, // problems printed
    DIAG_KEPT = 1000, // problems kept; the others are only counted
};

struct diag_place {
    const char *file; // or "--set" for a value given on the command line
    unsigned line, column;
};

struct diag; // opaque collection

struct diag *diag_create(struct arena *arena);
// Always false, so that a reader can `return diag_error(...)`.  `pointer`, `got` and `hint` may be
// NULL.
bool diag_error(struct diag *diag, struct diag_place place, const char *code, const char *pointer,
                const char *expected, const char *got, const char *hint);
void diag_warning(struct diag *diag, struct diag_place place, const char *code, const char *pointer,
                  const char *text, const char *hint);
size_t diag_errors(const struct diag *diag);
size_t diag_warnings(const struct diag *diag);
// Calls of diag_error() so far, the same problem counted again: has anything gone wrong in between?
size_t diag_reports(const struct diag *diag);
void diag_print(struct diag *diag, FILE *stream);

// A formatted text that lives as long as the collection.
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
diag_format(struct diag *diag, const char *format, ...);

// A user's text in double quotes, escaped and cut after 40 code points.
const char *diag_quote(struct diag *diag, const char *text);
const char *diag_quote_bytes(struct diag *diag, const char *text, size_t length);
