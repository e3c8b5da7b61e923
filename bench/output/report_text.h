#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// The report on the terminal: the question, its answer in words, then every number in sections
// (section.h), up to four alternatives side by side, and notes.  Plain ASCII apart from the user's
// own texts, at most 100 characters wide.  `colour` is for the caller to decide: a terminal,
// NO_COLOR unset.

bool report_text(FILE *out, const struct experiment_result *result, bool colour); // false: ferror
