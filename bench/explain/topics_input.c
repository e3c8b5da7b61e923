// Topics about what goes in and what comes out: keys, codes, metrics, rules.

#include <string.h>

#include "bench/explain/code_examples.h"
#include "bench/explain/explain.h"
#include "bench/explain/key_words.h"
#include "bench/input/metric_labels.h"
#include "bench/explain/rules.h"
#include "bench/input/codes.h"
#include "bench/input/keys.h"
#include "models/autoscaler.h"
#include "models/dispatch.h"
#include "models/metrics.h"
#include "models/rollout.h"

static const char *join(struct sheet *sheet, const char *list, const char *more)
{
    return *list ? sheet_format(sheet, "%s, %s", list, more) : more;
}

// "P4 keep_alive, C2 who pays": the rules that a text names.
static const char *rules_of(struct sheet *sheet, const char *text)
{
    const char *list = "";
    for (const struct rule *rule = rules; rule->number; rule++)
        if (rules_named(text, rule->number))
            list = join(sheet, list, sheet_format(sheet, "%s %s", rule->number, rule->about));
    return list;
}

// Keys.

// JSON as it is; words without their brackets.
static const char *default_words(struct sheet *sheet, const char *fallback)
{
    if (!fallback) return NULL;
    if (*fallback != '(') return sheet_format(sheet, "%s", fallback);
    return sheet_format(sheet, "%.*s", (int)strlen(fallback) - 2, fallback + 1);
}

static void put_key(void *context, const char *path, const struct keys *keys, const struct key *key)
{
    struct sheet *sheet = context;
    char text[KEY_DEFAULT_TEXT];
    const char *fallback = default_words(sheet, key_default(key, text));
    const char *form = key_words(sheet, &key->form);
    const char *needed = key->need == KEY_REQUIRED ? "must be given"
                         : key->need == KEY_ONE    ? "one of these must be given"
                                                   : NULL;
    (void)keys;
    sheet_row(sheet);
    sheet_put(sheet, sheet_format(sheet, "%s", path));
    sheet_put(sheet, key->name);
    sheet_put(sheet, key->timed ? sheet_format(sheet, "%s_s", key->name) : NULL);
    if (needed)
        sheet_put(sheet, sheet_format(sheet, "%s; %s", form, needed));
    else
        sheet_put(sheet, fallback ? sheet_format(sheet, "%s; default: %s", form, fallback) : form);
    sheet_put(sheet, fallback);
    sheet_put(sheet, rules_of(sheet, key->help));
    sheet_put(sheet, key->help);
}

void topic_keys(struct sheet *sheet)
{
    sheet_column(sheet, "object", SHEET_GROUP);
    sheet_column(sheet, "key", SHEET_SHOWN);
    sheet_column(sheet, "in seconds", SHEET_ALIAS);
    sheet_column(sheet, "takes", SHEET_SHOWN);
    sheet_column(sheet, "default", SHEET_DATA);
    sheet_column(sheet, "rules", SHEET_DETAIL);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    keys_walk(put_key, sheet);
}

void topic_codes(struct sheet *sheet)
{
    sheet_column(sheet, "code", SHEET_SHOWN);
    sheet_column(sheet, "is", SHEET_DETAIL);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    sheet_column(sheet, "example", SHEET_DETAIL);
    for (const struct code *row = codes; row->code; row++) {
        sheet_row(sheet);
        sheet_put(sheet, row->code);
        sheet_put(sheet, *row->code == 'W' ? "a warning: the file is still good" : "an error");
        sheet_put(sheet, row->meaning);
        sheet_put(sheet, code_example(row->code));
    }
}

// Metrics.

static const char *labels_of(struct sheet *sheet, const struct metric *metric)
{
    const char *list = "";
    for (int label = 0; label < LABELS; label++)
        if (metric_labels(metric->name) & 1u << label) list = join(sheet, list, label_names[label]);
    return list;
}

void topic_metrics(struct sheet *sheet)
{
    static const char *const better[] = {
        [BETTER_NEITHER] = NULL, [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher"};
    sheet_column(sheet, "metric", SHEET_SHOWN);
    sheet_column(sheet, "unit", SHEET_SHOWN);
    sheet_column(sheet, "better", SHEET_SHOWN);
    sheet_column(sheet, "by", SHEET_DETAIL);
    sheet_column(sheet, "rules", SHEET_DETAIL);
    sheet_column(sheet, "meaning", SHEET_SHOWN);
    for (const struct metric *metric = metrics; metric->name; metric++) {
        sheet_row(sheet);
        sheet_put(sheet, metric->name);
        sheet_put(sheet, metric->unit);
        sheet_put(sheet, better[metric->better]);
        sheet_put(sheet, labels_of(sheet, metric));
        sheet_put(sheet, rules_of(sheet, metric->help));
        sheet_put(sheet, metric->help);
    }
}

static const char *metrics_by(struct sheet *sheet, unsigned label)
{
    const char *list = "";
    for (const struct metric *metric = metrics; metric->name; metric++)
        if (metric_labels(metric->name) & 1u << label) list = join(sheet, list, metric->name);
    return list;
}

void topic_labels(struct sheet *sheet)
{
    sheet_column(sheet, "label", SHEET_SHOWN);
    sheet_column(sheet, "metrics that have it", SHEET_SHOWN);
    for (unsigned label = 0; label < LABELS; label++) {
        sheet_row(sheet);
        sheet_put(sheet, label_names[label]);
        sheet_put(sheet, metrics_by(sheet, label));
    }
}

// Rules.

struct named { // keys whose help names a rule
    struct sheet *sheet;
    const char *number, *list;
};

static void note_key(void *context, const char *path, const struct keys *keys,
                     const struct key *key)
{
    struct named *named = context;
    (void)path, (void)keys;
    if (!rules_named(key->help, named->number)) return;
    // One name once: several objects have it.
    const char *at = strstr(named->list, key->name);
    size_t length = strlen(key->name);
    while (at) {
        bool begins = at == named->list || at[-1] == ' ';
        if (begins && (at[length] == ',' || at[length] == '\0')) return;
        at = strstr(at + 1, key->name);
    }
    named->list = join(named->sheet, named->list, key->name);
}

static const char *keys_of(struct sheet *sheet, const char *number)
{
    struct named named = {sheet, number, ""};
    keys_walk(note_key, &named);
    return named.list;
}

static const char *metrics_of(struct sheet *sheet, const char *number)
{
    const char *list = "";
    for (const struct metric *metric = metrics; metric->name; metric++)
        if (rules_named(metric->help, number)) list = join(sheet, list, metric->name);
    return list;
}

static const char *policies_of(struct sheet *sheet, const char *number)
{
    const char *list = "";
    for (int i = 0; autoscaler_policies[i]; i++)
        if (rules_named(autoscaler_policies[i]->help, number))
            list = join(sheet, list, autoscaler_policies[i]->name);
    for (int i = 0; rollout_policies[i]; i++)
        if (rules_named(rollout_policies[i]->help, number))
            list = join(sheet, list, rollout_policies[i]->name);
    for (int i = 0; dispatch_policies[i].name; i++)
        if (rules_named(dispatch_policies[i].help, number))
            list = join(sheet, list, dispatch_policies[i].name);
    return list;
}

void topic_rules(struct sheet *sheet)
{
    sheet_column(sheet, "rule", SHEET_SHOWN);
    sheet_column(sheet, "about", SHEET_DETAIL);
    sheet_column(sheet, "text", SHEET_SHOWN);
    sheet_column(sheet, "source", SHEET_DETAIL);
    sheet_column(sheet, "keys", SHEET_DETAIL);
    sheet_column(sheet, "metrics", SHEET_DETAIL);
    sheet_column(sheet, "policies", SHEET_DETAIL);
    for (const struct rule *rule = rules; rule->number; rule++) {
        sheet_row(sheet);
        sheet_put(sheet, rule->number);
        sheet_put(sheet, rule->about);
        sheet_put(sheet, rule->text);
        sheet_put(sheet, rule->source);
        sheet_put(sheet, keys_of(sheet, rule->number));
        sheet_put(sheet, metrics_of(sheet, rule->number));
        sheet_put(sheet, policies_of(sheet, rule->number));
    }
}
