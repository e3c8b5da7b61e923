#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "sim/arena.h"

// Collected problems of input files, printed together, always in this form (DESIGN section 4):
//
//   scenarios/burst.json:9:24: error[E0207]: /apps/MyApp/min_concurrency: expected a whole
//   number from 0 to 100000, got 2.5; hint
//
// (one line each).  Positions are 1-based; columns count code points; 0 leaves line and column out.  Problems are
// printed in order of position, at most `limit` of them and then a count of the rest.

enum diag_severity { DIAG_ERROR, DIAG_WARNING };

struct diag_place {
    const char *file; // or "--set" for a value given on the command line
    unsigned line, column;
};

struct diag; // opaque collection

struct diag *diag_create(struct arena *arena);
// Always false, so that a reader can `return diag_error(...)`.  `got` and `hint` may be NULL.
bool diag_error(struct diag *diag, struct diag_place place, const char *code, const char *pointer,
                const char *expected, const char *got, const char *hint);
void diag_warning(struct diag *diag, struct diag_place place, const char *code, const char *pointer,
                  const char *text, const char *hint);
size_t diag_errors(const struct diag *diag);
size_t diag_warnings(const struct diag *diag);
void diag_print(struct diag *diag, FILE *stream);
