#pragma once

#include <stdio.h>

#include "bench/experiment/result.h"

// The cells of tidy tables, RFC 4180.  `after` is what ends the cell: "," or csv_out_end.

extern const char csv_out_end[]; // CR LF

// "BEFORE,metric,app,...,rollout,region,unit,AFTER", the whole first line.
void csv_out_header(FILE *out, const char *before, const char *after);
// NULL is an empty cell.  What a spreadsheet would take for a formula gets an apostrophe in front.
void csv_out_text(FILE *out, const char *text, const char *after);
void csv_out_number(FILE *out, double value, const char *after); // empty when not finite
void csv_out_column(FILE *out, const struct column *column);     // metric to unit, "," after each
