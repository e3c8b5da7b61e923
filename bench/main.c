#include <gsl/gsl_errno.h>
#include <stdio.h>

#include "bench/cmd.h"

const struct cmd cmds[] = {
    {"run", "FILE...", "simulate scenarios, print what was found, write result.json",
     "\nWithout --out, result.json goes to ./warmpool-out/; with --out, all reports go to DIR.\n"
     "With several files, each gets a folder in there.  With --format json, result.json is what\n"
     "is printed, and only --out writes files.",
     "warmpool run scenarios/rollout.json --replications 50 --out report", cmd_run},
    {"sweep", "FILE", "run the variants of a scenario that its `sweep` describes",
     "\nAll variants are run on the same random numbers.  Without --out, result.json goes to\n"
     "./warmpool-out/; with --out, points.csv, replications.csv and pictures go to DIR as well.\n"
     "The options --sweep, --tornado and --metric say what a file does not.",
     "warmpool sweep scenarios/rollout.json --sweep /apps/MyApp/min_concurrency=0,1,2,4 --out "
     "report",
     cmd_sweep},
    {"plan", "FILE", "find the cheapest setting that keeps the promises of a scenario's `plan`",
     "\nA setting counts only when it keeps every promise with confidence.  Exit code 10: none\n"
     "does; 12: none does for sure, and for some it cannot be told.  plan.json, with --out, is "
     "the\n"
     "setting as a JSON merge patch.",
     "warmpool plan scenarios/plan-myapp.json --out report", cmd_plan},
    {"compare", "FILE...", "which alternative is better: paired differences, verdicts, selection",
     "\nThe alternatives of one file, or all of several files, on the same random numbers; each "
     "is\n"
     "compared with the first one, or with --against NAME.  Several files must have the same\n"
     "horizon and warm_up; the first one says how many replications there are.  The key\n"
     "\"selection\" says which number decides, which differences matter (zones), and whether to\n"
     "select the best by kn or ocba, which then decide how many replications there are.\n"
     "Expectations are for run.",
     "warmpool compare scenarios/rollout.json --metric unserved_time_s --out report", cmd_compare},
    {"validate", "FILE...", "check scenario files and say all that is wrong with them", NULL,
     "warmpool validate scenarios/rollout.json", cmd_validate},
    {"bench", "[CASE...]", "measure the simulator's own speed",
     "\nEach case takes turns with a loop written by hand, in one process; what counts is the "
     "ratio.\n"
     "Without CASE all but the long ones run.  --out DIR writes speed.json, --baseline compares "
     "with\n"
     "one: exit code 11 when a case is slower by over 10 %, 12 when the noise is too large to "
     "tell.",
     "warmpool bench pool-18 --rounds 15", cmd_bench},
    {"explain", "[NAME...]", "say what keys, metrics, rules, states, policies, codes mean",
     "\nWithout operands: the topics.  With a topic: all of it.  With a topic and a name, or with "
     "a\n"
     "name alone: the entry; names are keys or their paths, metrics, rules, states, policies,\n"
     "machine types, codes of problems.  `explain schema` prints the JSON schema of scenario "
     "files.\n"
     "With --format json: the same for programs.",
     "warmpool explain keep_alive", cmd_explain},
    {"help", "[VERB]", "explain the program or a verb", NULL, NULL, cmd_help},
    {"version", "", "print the version", NULL, NULL, cmd_version},
    {0},
};

static enum status dispatch(const struct options *options)
{
    if (options->version) return cmd_version(options);
    if (options->operands.count == 0) {
        if (options->help) return cmd_help(options);
        cmd_help_concise(stderr);
        return STATUS_USAGE;
    }
    const struct cmd *cmd = cmd_find(options->operands.items[0], stderr);
    if (!cmd) return STATUS_USAGE;
    if (!options->help) return cmd->run(options);
    cmd_help_verb(cmd);
    return STATUS_OK;
}

// What was printed but did not arrive (a full disk) is a failure too.
static enum status flush(enum status status)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    perror("warmpool: standard output");
    return STATUS_FAILED;
}

int main(int argc, char *argv[])
{
    gsl_set_error_handler_off();
    struct options options;
    enum status status = STATUS_USAGE;
    if (options_parse(&options, argc, argv, stderr)) status = flush(dispatch(&options));
    if (status == STATUS_USAGE && argc > 1) fprintf(stderr, "Try: warmpool help\n");
    options_free(&options);
    return (int)status;
}
