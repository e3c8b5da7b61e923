#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// Everything that a run leaves in the user's folder:
//
//   result.json                             for programs (report_json.h)
//   replications.csv, series.csv, marks.csv for spreadsheets and statistics (report_csv.h)
//   comparisons.csv                         of several alternatives
//   plots/                                  pictures, and what they are drawn from (figures.h)
//
// What was written, and what went wrong, is said on `log` (stderr).

struct output_options {
    int exit_code; // goes into result.json
    bool plots, quiet;
    FILE *log;
};

// Before the run: makes the folder and tries that it can be written to.
bool output_prepare(const char *folder, FILE *log);

// False: a result file could not be written; the others were still tried.  Pictures that could not
// be drawn (gnuplot is missing) are no failure: they can be drawn later.
bool output_write(const struct experiment_result *result, const char *folder,
                  const struct output_options *options);
