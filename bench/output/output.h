#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"
#include "bench/output/files.h"

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

// A file of a folder and who writes it; the result is of the writer's own kind.
struct output_file {
    const char *name; // NULL ends the list
    bool (*write)(FILE *out, const void *result, int exit_code);
};
// Draws into a folder that is there; see figures_draw().
typedef size_t output_draw(const void *result, const char *folder, struct files_problem *problem);

// Before the run: makes the folder and tries that it can be written to.
bool output_prepare(const char *folder, FILE *log);

// False: a result file could not be written; the others were still tried.  Pictures that could not
// be drawn (gnuplot is missing) are no failure: they can be drawn later.
bool output_write(const struct experiment_result *result, const char *folder,
                  const struct output_options *options);

// The same for results of other kinds: these files, and what `draw` draws into plots/ (NULL:
// nothing).
bool output_files(const struct output_file *files, output_draw *draw, const void *result,
                  const char *folder, const struct output_options *options);
