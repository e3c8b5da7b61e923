#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// The report on the terminal: the question, its answer in words, then every number in sections
// (section.h), up to four alternatives side by side, and notes.  Plain ASCII apart from the user's
// own texts, at most 100 characters wide.  `colour` is for the caller to decide: a terminal,
// NO_COLOR unset.

bool report_text(FILE *out, const struct experiment_result *result, bool colour); // false: ferror

// What other reports share with it.
typedef void report_print(FILE *out, const struct experiment_result *result);
void report_text_title(FILE *out, const struct experiment_result *result, bool colour);
void report_text_facts(FILE *out, const struct experiment_result *result);
// With a heading, unless it has nothing to say.
void report_text_part(FILE *out, const struct experiment_result *result, bool colour,
                      const char *title, report_print *print);
