#include <string.h>

#include "bench/cmd.h"
#include "bench/input/suggest.h"

const struct status_row status_rows[] = {
    {STATUS_OK, "all that was asked for has happened"},
    {STATUS_FAILED, "the environment or the program itself failed, or a scenario passed a limit"},
    {STATUS_USAGE, "wrong command line"},
    {STATUS_INVALID, "invalid scenario"},
    {STATUS_MISSED, "an expectation was missed, or no setting keeps what a plan asks for"},
    {STATUS_REGRESSED, "worse than the baseline"},
    {STATUS_UNDECIDED, "cannot tell yet: an expectation, a difference, or where the warm-up ends"},
    {STATUS_BASELINE, "the baseline is missing or not comparable"},
    {STATUS_INTERRUPTED, "interrupted; what was finished is kept"},
    {STATUS_OK, NULL},
};

static const char example[] = "warmpool run scenarios/rollout.json --out report";

static void print_verbs(FILE *stream)
{
    for (const struct cmd *cmd = cmds; cmd->name; cmd++) {
        int width = fprintf(stream, "  %s %s", cmd->name, cmd->operands);
        fprintf(stream, "%*s%s\n", width < 22 ? 22 - width : 1, "", cmd->summary);
    }
}

void cmd_help_concise(FILE *stream)
{
    fprintf(stream, "warmpool simulates serverless runner pools: downtime, cost, utilisation.\n\n"
                    "Usage: warmpool VERB [FILE...] [OPTION...]\n\n");
    print_verbs(stream);
    fprintf(stream,
            "\nExamples:\n  warmpool validate scenarios/rollout.json\n  %s\n\n"
            "More: warmpool help, warmpool VERB --help\n",
            example);
}

static void print_statuses(FILE *stream)
{
    fprintf(stream, "\nExit codes:\n");
    for (const struct status_row *row = status_rows; row->meaning; row++)
        fprintf(stream, "  %2d  %s\n", (int)row->status, row->meaning);
}

static void print_program(FILE *stream)
{
    fprintf(stream,
            "Usage: warmpool VERB [FILE...] [OPTION...]\n\n"
            "A discrete-event simulator and benchmark harness for serverless runner pools.\n"
            "\nVerbs:\n");
    print_verbs(stream);
    fprintf(stream, "\nOptions:\n");
    options_print(stream);
    print_statuses(stream);
    fprintf(stream, "\nExample:\n  %s\n", example);
}

void cmd_help_verb(const struct cmd *cmd)
{
    printf("Usage: warmpool %s %s [OPTION...]\n\n%s.\n", cmd->name, cmd->operands, cmd->summary);
    if (cmd->details) printf("%s\n", cmd->details);
    printf("\nOptions:\n");
    options_print(stdout);
    print_statuses(stdout);
    if (cmd->example) printf("\nExample:\n  %s\n", cmd->example);
}

const struct cmd *cmd_find(const char *name, FILE *errors)
{
    struct suggest suggest = suggest_for(name);
    for (const struct cmd *cmd = cmds; cmd->name; cmd++) {
        if (strcmp(cmd->name, name) == 0) return cmd;
        suggest_offer(&suggest, cmd->name);
    }
    const char *near = suggest_answer(&suggest);
    fprintf(errors, "warmpool: unknown verb \"%.80s\"", name);
    if (near) fprintf(errors, "; did you mean \"%s\"?", near);
    fprintf(errors, "\n");
    return NULL;
}

enum status cmd_help(const struct options *options)
{
    if (options->operands.count < 2) {
        print_program(stdout);
        return STATUS_OK;
    }
    const struct cmd *cmd = cmd_find(options->operands.items[1], stderr);
    if (!cmd) return STATUS_USAGE;
    cmd_help_verb(cmd);
    return STATUS_OK;
}

enum status cmd_version(const struct options *options)
{
    (void)options;
    printf("warmpool 0.1.0\n");
    return STATUS_OK;
}
