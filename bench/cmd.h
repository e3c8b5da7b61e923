#pragma once

#include <stdio.h>

#include "bench/options.h"

// The verbs of the program: one row in main.c and one file cmd_NAME.c each.

// Exit codes are an interface: scripts branch on them (DESIGN section 4).  When several
// apply, it is the first of them after STATUS_OK.
enum status {
    STATUS_OK = 0,
    STATUS_FAILED = 1, // internal, or the environment: disk, memory; a limit was passed
    STATUS_USAGE = 2,
    STATUS_INVALID = 3,      // scenario
    STATUS_INTERRUPTED = 20, // partial results are kept
    STATUS_MISSED = 10,      // an expectation
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
enum status cmd_compare(const struct options *options);
enum status cmd_validate(const struct options *options);
enum status cmd_bench(const struct options *options);
enum status cmd_explain(const struct options *options);
enum status cmd_help(const struct options *options); // of the program, or of the verb after "help"
enum status cmd_version(const struct options *options);

void cmd_help_concise(FILE *stream);
void cmd_help_verb(const struct cmd *cmd);
const struct cmd *cmd_find(const char *name, FILE *errors); // NULL: a line on `errors` says so
