#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// The command line: one table of options is the parser, the help text and what "did you mean" looks
// in.
//
// Options and operands may be mixed; "--name value" and "--name=value" are the same; after "--" all
// is operands.  Names are never abbreviated: what a script says today must mean the same when there
// are more options.  An option given twice counts as given last, except for those that collect.

enum output_format { FORMAT_TEXT, FORMAT_JSON };

struct option_list { // of pointers into argv
    const char **items;
    size_t count;
};

struct options {
    struct option_list operands; // the verb and its files
    struct option_list sets;     // "/json/pointer=value"
    struct option_list sweeps;   // "/json/pointer=a,b,c", or of a tornado without values
    struct option_list metrics;  // "wait_s{quantile=0.99}"
    const char *against;         // NULL: the first alternative
    const char *seed;            // NULL: the scenario's
    const char *out;             // folder; NULL: not given
    uint64_t replications;       // 0: the scenario's
    uint64_t threads;            // 0: one for each core
    uint64_t format;             // enum output_format
    const char *baseline;        // NULL: none
    uint64_t rounds;             // 0: the default
    bool help, version, quiet, no_progress, no_plots, full, fail_on_undecided, tornado, list, twin;
};

// False: a line on `errors` says what is wrong.  options_free() is needed in any case.
bool options_parse(struct options *options, int argc, char *const argv[], FILE *errors);
void options_free(struct options *options);
void options_print(FILE *stream); // the part of a help text that lists them
