#include "bench/input/scenario_goals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/json_text.h"
#include "bench/input/labels.h"
#include "bench/input/suggest.h"
#include "models/metrics.h"

enum { RULES_MAX = 100, EXPECTATIONS_MAX = 10000, DEFAULT_REPLICATIONS = 10, DEFAULT_MOST = 1000 };

static const struct number_range any_number = {-1e300, 1e300};

const char *scenario_goals_metric(const struct reader *reader, const cJSON *node, const char *name,
                                  bool key)
{
    static const char expected[] = "the name of a metric";
    const struct metric *metric = metric_find(name);
    bool series = strncmp(name, "series_", 7) == 0;
    if (metric && !series) return metric->name;
    struct suggest suggest = suggest_for(name);
    for (const struct metric *m = metrics; m->name; m++)
        if (strncmp(m->name, "series_", 7) != 0) suggest_offer(&suggest, m->name);
    const char *hint = series ? "a series is drawn, bin by bin, and is no number of the report"
                              : reader_hint(reader, suggest_answer(&suggest));
    if (key)
        reader_key_error(reader, node, CODE_NAME, expected, diag_quote(reader->diag, name), hint);
    else
        reader_error(reader, node, CODE_NAME, expected, hint);
    return NULL;
}

static const char *read_metric(struct object *object)
{
    const cJSON *node = object_require(object, "metric");
    const char *name = node ? reader_text(object->reader, node) : NULL;
    return name ? scenario_goals_metric(object->reader, node, name, false) : NULL;
}

// The number of entries of a list; 0: empty, or not a list (reported).
static size_t list_size(const struct reader *reader, const cJSON *node, int most, const char *what)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : -1;
    if (count >= 0 && count <= most) return (size_t)count;
    reader_error(reader, node, CODE_TYPE,
                 diag_format(reader->diag, "a list of at most %d %s", most, what), NULL);
    return 0;
}

// "p99.9" -> 0.999.
static bool parse_quantile(const char *text, double *quantile)
{
    static const char digits[] = "0123456789";
    size_t whole = *text == 'p' ? strspn(text + 1, digits) : 0;
    const char *rest = text + 1 + whole;
    size_t decimals = whole > 0 && *rest == '.' ? strspn(rest + 1, digits) : 0;
    if (decimals > 0) rest += 1 + decimals;
    if (whole == 0 || *rest) return false;
    *quantile = strtod(text + 1, NULL) / 100;
    return *quantile > 0 && *quantile < 1;
}

// What over the replications a rule or an expectation is about.
static struct statistic read_statistic(struct object *object, const char *metric)
{
    struct statistic stat = {.kind = STATISTIC_MEAN};
    const struct reader *reader = object->reader;
    const cJSON *node = object_find(object, "stat");
    const char *text = node ? reader_text(reader, node) : NULL;
    if (!text) return stat;
    stat.text = text;
    if (strcmp(text, "any") == 0)
        stat.kind = STATISTIC_ANY;
    else if (parse_quantile(text, &stat.quantile))
        stat.kind = STATISTIC_QUANTILE;
    else if (strcmp(text, "mean") != 0)
        reader_error(reader, node, CODE_NAME, "\"mean\", \"any\", or a quantile such as \"p95\"",
                     NULL);
    if (stat.kind == STATISTIC_ANY && metric && isnan(metric_perfect(metric_find(metric))))
        reader_error(reader, node, CODE_CONTRADICTION,
                     "a metric that is perfect at 0 (or at 1, for a share)",
                     "\"any\" is the share of replications that were not perfect");
    return stat;
}

// Replications.

static struct replication_rule read_rule(const struct reader *reader, const cJSON *node)
{
    static const struct number_range share = {1e-9, 1e6}, width = {1e-300, 1e300};
    struct replication_rule rule = {.relative = NAN, .absolute = NAN};
    struct object object = object_open(reader, node, &keys_until);
    rule.metric = read_metric(&object);
    rule.stat = read_statistic(&object, rule.metric);
    const cJSON *relative = object_find(&object, "relative"),
                *absolute = object_find(&object, "absolute");
    if (relative) reader_number(reader, relative, share, &rule.relative);
    if (absolute) reader_number(reader, absolute, width, &rule.absolute);
    if (!relative && !absolute)
        object_lacks(&object, "relative", "\"relative\", \"absolute\" or both");
    object_close(&object);
    return rule;
}

static void read_until(const struct reader *reader, const cJSON *node,
                       struct replication_plan *plan)
{
    size_t count = list_size(reader, node, RULES_MAX, "rules");
    if (count == 0) return;
    struct replication_rule *rules = arena_new(reader->arena, struct replication_rule, count);
    for (const cJSON *rule = node->child; rule; rule = rule->next)
        rules[plan->until_count++] = read_rule(reader, rule);
    plan->until = rules;
}

static void read_plan(const struct reader *reader, const cJSON *node, struct replication_plan *plan)
{
    static const struct number_range range = {1, 1e6}, level = {0.5, 0.9999};
    struct object object = object_open(reader, node, &keys_replications);
    const cJSON *least = object_find(&object, "min"), *most = object_find(&object, "max");
    const cJSON *until = object_find(&object, "until");
    const cJSON *confidence = object_find(&object, "confidence");
    const cJSON *bonferroni = object_find(&object, "bonferroni");
    if (confidence) reader_number(reader, confidence, level, &plan->confidence);
    if (bonferroni) reader_flag(reader, bonferroni, &plan->bonferroni);
    if (least) reader_count(reader, least, range, &plan->min);
    if (until) read_until(reader, until, plan);
    plan->max = plan->min;
    if (plan->until_count > 0 && plan->max < DEFAULT_MOST) plan->max = DEFAULT_MOST;
    if (most && reader_count(reader, most, range, &plan->max) && plan->max < plan->min)
        reader_error(reader, most, CODE_CONTRADICTION,
                     diag_format(reader->diag, "max not below min (%u)", (unsigned)plan->min),
                     NULL);
    if (most && plan->until_count == 0 && plan->max > plan->min) {
        reader_warning(reader, most, CODE_WARN_UNUSED,
                       "without \"until\" only min replications are made", NULL);
        plan->max = plan->min;
    }
    object_close(&object);
}

void scenario_goals_read_replications(const struct reader *reader, const cJSON *node,
                                      struct replication_plan *plan)
{
    static const struct number_range range = {1, 1e6};
    *plan = (struct replication_plan){.min = DEFAULT_REPLICATIONS, .max = DEFAULT_REPLICATIONS};
    if (cJSON_IsNumber(node) && reader_count(reader, node, range, &plan->min))
        plan->max = plan->min;
    else if (node && !cJSON_IsNumber(node))
        read_plan(reader, node, plan);
}

// Expectations.

// Is the text one of the names?  With a list of no names everything is.
static void check_name(const struct reader *reader, const cJSON *node, const char *text,
                       const char *const *names, const char *what)
{
    for (size_t i = 0; names[i]; i++)
        if (strcmp(names[i], text) == 0) return;
    reader_error(reader, node, CODE_NAME, what, reader_hint(reader, suggest_among(text, names)));
}

// Revisions, rollouts and quantiles may also be written as numbers.
static const char *label_text(const struct reader *reader, const cJSON *node, enum label label)
{
    char number[JSON_NUMBER_TEXT];
    bool numeric = label == LABEL_REVISION || label == LABEL_ROLLOUT || label == LABEL_QUANTILE;
    if (!numeric || !cJSON_IsNumber(node)) return reader_text(reader, node);
    return diag_format(reader->diag, "%s", json_number_text(node->valuedouble, number));
}

void scenario_goals_labels(const struct parts *base, const struct scenario *scenario,
                           struct object *object, const char *metric, const char *labels[LABELS])
{
    for (enum label label = 0; label < LABELS; label++) {
        const cJSON *node = object_find(object, label_names[label]);
        const char *text = node ? label_text(&base->reader, node, label) : NULL;
        if (text && metric) labels_check(base, scenario, node, metric, label, text);
        labels[label] = text;
    }
}

void scenario_goals_read_choice(const struct parts *base, const struct scenario *scenario,
                                struct object *object, struct metric_choice *choice)
{
    choice->metric = read_metric(object);
    scenario_goals_labels(base, scenario, object, choice->metric, choice->labels);
}

static void read_bounds(struct object *object, struct expectation *expectation)
{
    const cJSON *least = object_find(object, "min"), *most = object_find(object, "max");
    if (least) reader_number(object->reader, least, any_number, &expectation->min);
    if (most) reader_number(object->reader, most, any_number, &expectation->max);
    if (!least && !most) object_lacks(object, "max", "\"min\", \"max\" or both");
    if (expectation->min > expectation->max)
        reader_error(object->reader, least, CODE_CONTRADICTION, "min not above max", NULL);
}

static void read_alternative(struct object *object, const struct scenario *scenario,
                             struct expectation *expectation)
{
    const struct reader *reader = object->reader;
    const cJSON *node = object_find(object, "alternative");
    expectation->alternative = node ? reader_text(reader, node) : NULL;
    if (!expectation->alternative) return;
    const char **names = arena_new(reader->arena, const char *, scenario->alternative_count + 1);
    for (size_t i = 0; i < scenario->alternative_count; i++)
        names[i] = scenario->alternatives[i].name;
    check_name(reader, node, expectation->alternative, names, "the name of an alternative");
}

static void read_expectation(const struct parts *base, const cJSON *node,
                             const struct scenario *scenario, struct expectation *expectation)
{
    *expectation = (struct expectation){.min = NAN, .max = NAN};
    expectation->place = json_place(base->reader.json, node);
    struct object object = object_open(&base->reader, node, &keys_expectation);
    expectation->metric = read_metric(&object);
    expectation->stat = read_statistic(&object, expectation->metric);
    read_bounds(&object, expectation);
    read_alternative(&object, scenario, expectation);
    scenario_goals_labels(base, scenario, &object, expectation->metric, expectation->labels);
    object_close(&object);
}

void scenario_goals_read_expect(const struct parts *base, const cJSON *node,
                                struct scenario *scenario)
{
    size_t count = node ? list_size(&base->reader, node, EXPECTATIONS_MAX, "expectations") : 0;
    struct expectation *all = arena_new(base->reader.arena, struct expectation, count + 1);
    for (const cJSON *entry = count ? node->child : NULL; entry; entry = entry->next)
        read_expectation(base, entry, scenario, &all[scenario->expectation_count++]);
    scenario->expectations = all;
}
