#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bench/cmd.h"
#include "bench/experiment/experiment.h"
#include "bench/study.h"

// What the verbs that simulate have in common: how many threads, progress on the terminal, what is
// said on stderr, and where results go.

typedef bool running_text(FILE *out, const struct experiment_result *result, bool colour);

struct running {
    const struct options *options;
    const char *path;   // of the scenario, for messages
    const char *folder; // empty: no files are written
    running_text *text; // the report on stdout
};

// Problems go to stderr; study_close() is needed in any case.
enum status running_load(struct study *study, const char *path, const struct options *options);

unsigned running_threads(const struct options *options);

// The worse of two, in the order of bench/cmd.h.
enum status running_worse(enum status a, enum status b);

// "burst" for "scenarios/burst.json".
void running_name(char *name, size_t size, const char *path);

// With progress, and with series where --out asks for files.  False: a line on stderr says why.
bool running_simulate(const struct options *options, const struct scenario *scenario,
                      struct experiment_options *how, struct experiment_result *result);

// Writes the files, says on stderr what happened, and prints the report.  Returns the status, or
// STATUS_FAILED when a file could not be written.
enum status running_report(const struct running *running, const struct experiment_result *result,
                           enum status status);
