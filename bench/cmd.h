#pragma once

#include <stdio.h>

#include "bench/experiment/design.h"
#include "bench/experiment/evaluator.h"
#include "bench/options.h"
#include "bench/output/output.h"
#include "bench/study.h"

// The verbs of the program: one row in main.c and one file cmd_NAME.c each.

// Exit codes are an interface: scripts branch on them (DESIGN section 4).  When several
// apply, it is the first of them after STATUS_OK.
enum status {
    STATUS_OK = 0,
    STATUS_FAILED = 1, // internal, or the environment: disk, memory; a limit was passed
    STATUS_USAGE = 2,
    STATUS_INVALID = 3,      // scenario
    STATUS_INTERRUPTED = 20, // partial results are kept
    STATUS_MISSED = 10,      // an expectation; no setting keeps what a plan asks for
    STATUS_REGRESSED = 11,   // against a baseline
    STATUS_UNDECIDED = 12,   // an expectation, or a difference: more replications would tell
    STATUS_BASELINE = 13,    // the baseline cannot be used
};

struct status_row {
    enum status status;
    const char *meaning; // NULL ends the table
};
extern const struct status_row status_rows[];

struct cmd {
    const char *name; // NULL ends the table
    const char *operands, *summary;
    const char *details, *example; // for its own help text; NULL: none
    enum status (*run)(const struct options *options);
};
extern const struct cmd cmds[];

enum status cmd_run(const struct options *options);
enum status cmd_sweep(const struct options *options);
enum status cmd_plan(const struct options *options);
enum status cmd_compare(const struct options *options);
enum status cmd_validate(const struct options *options);
enum status cmd_bench(const struct options *options);
enum status cmd_explain(const struct options *options);
enum status cmd_help(const struct options *options); // of the program, or of the verb after "help"
enum status cmd_version(const struct options *options);

void cmd_help_concise(FILE *stream);
void cmd_help_verb(const struct cmd *cmd);
const struct cmd *cmd_find(const char *name, FILE *errors); // NULL: a line on `errors` says so

// What several verbs need (cmd_shared.c).
bool cmd_colour(void); // is standard output a terminal with colours?
bool cmd_progress_wanted(const struct options *options);

// The points of the study's sweep, all of them read once, so that a value which its key refuses is
// found before the first one runs.
enum status cmd_points(const struct study *study, struct design *design);

// For verbs with one file: it is loaded into the study, which study_close() ends in any case.
enum status cmd_load(const struct options *options, struct study *study);
// Runs what simulates points, with threads, a progress line and an ear for interrupts.
typedef enum status cmd_simulation(void *context, const struct evaluator_options *how);
enum status cmd_simulate(const struct options *options, const struct study *study,
                         cmd_simulation *simulation, void *context);
// For verbs with one file: the folder of --out, or ./warmpool-out/ for result.json alone, the first
// of the files; with --format json, which prints it, nothing without --out.
bool cmd_prepare(const struct options *options); // false: reported
bool cmd_write(const struct options *options, enum status status, const struct output_file *files,
               output_draw *draw, const void *result);
