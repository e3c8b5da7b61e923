#include <stdio.h>

#include "bench/cmd.h"
#include "bench/explain/explain.h"

static void topic_exit_codes(struct sheet *sheet)
{
    sheet_column(sheet, "exit code", SHEET_SHOWN);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    for (const struct status_row *row = status_rows; row->meaning; row++) {
        sheet_row(sheet);
        sheet_put(sheet, sheet_format(sheet, "%d", (int)row->status));
        sheet_put(sheet, row->meaning);
    }
}

static const struct topic topics[] = {
    {"keys", "key", "Keys of the scenario file: what each takes, its default and its meaning.",
     true, topic_keys},
    {"metrics", "metric", "Numbers that come out: unit, which direction is better, meaning.", false,
     topic_metrics},
    {"labels", "label", "What numbers can be about, and which metrics are.", false, topic_labels},
    {"rules", "rule", "Rules of the platform, by number.", false, topic_rules},
    {"states", "state", "States of a runner: billed or not, and the legal moves (P1, P2).", false,
     topic_states},
    {"stops", "stop", "Why runners stop: the outcomes of runner_stops.", false, topic_stops},
    {"responses", "response", "What the end of an attempt does to runner and request (Q3).", false,
     topic_responses},
    {"outcomes", "outcome", "How requests end: the outcomes of requests.", false, topic_outcomes},
    {"policies", "policy", "Autoscalers, rollout strategies and dispatch policies.", false,
     topic_policies},
    {"machine-types", "machine-type",
     "The built-in machine types (M1); no price: nobody publishes one.", false, topic_machines},
    {"distributions", "distribution", "Ways to write a time or a number that varies (T3).", false,
     topic_distributions},
    {"codes", "code", "Codes of problems in input files.", false, topic_codes},
    {"exit-codes", "exit-code", "Exit codes of the program.", false, topic_exit_codes},
    {NULL, NULL, NULL, false, NULL},
};

static enum status too_many(const struct options *options)
{
    fprintf(stderr, "warmpool: explain: expected a topic and a name at most, got %zu words\n",
            options->operands.count - 1);
    return STATUS_USAGE;
}

enum status cmd_explain(const struct options *options)
{
    const struct explain explain = {
        .out = stdout, .errors = stderr, .json = options->format == FORMAT_JSON, .topics = topics};
    const char *const *words = options->operands.items + 1;
    bool good = true;
    switch (options->operands.count - 1) {
    case 0:
        explain_topics(&explain);
        break;
    case 1:
        if (explain_is_topic(&explain, words[0]))
            good = explain_topic(&explain, words[0]);
        else
            good = explain_entry(&explain, NULL, words[0]);
        break;
    case 2:
        good = explain_entry(&explain, words[0], words[1]);
        break;
    default:
        return too_many(options);
    }
    return good ? STATUS_OK : STATUS_USAGE;
}
