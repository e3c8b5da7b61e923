#include "bench/input/scenario_selection.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/scenario_goals.h"

enum { ZONES_MAX = 100, BUDGET_MAX = 1000000 };

static const char *const procedure_names[] = {
    [SELECTION_NONE] = "none", [SELECTION_KN] = "kn", [SELECTION_OCBA] = "ocba", NULL};
static const char *const best_names[] = {"smallest", "largest", NULL};

#define AT(field) offsetof(struct selection_plan, field)
const struct param selection_params[] = {
    {"procedure", PARAM_CHOICE, AT(procedure), SELECTION_NONE, 0, 2,
     "kn: all alternatives race in step, and who is clearly worse drops out (Kim and Nelson); "
     "ocba: a fixed budget of replications goes where it helps most; none: as many replications "
     "for all",
     procedure_names},
    {"confidence", PARAM_NUMBER, AT(confidence), 0.95, 0.5, 0.9999,
     "of kn: probability at least that the selected alternative is the best one, if it is better "
     "than the others by the zone",
     NULL},
    {"first", PARAM_COUNT, AT(first), 10, 2, 10000,
     "replications of each alternative before any of them drops out or gets more than the others",
     NULL},
    {"budget", PARAM_COUNT, AT(budget), 0, 0, BUDGET_MAX,
     "replications of all alternatives together; of kn: at most, default 1000 for each", NULL},
    {0},
};
#undef AT

static struct zone read_zone(const struct reader *reader, const cJSON *node)
{
    static const struct number_range range = {1e-12, 1e12};
    struct zone zone = {.width = NAN};
    reader_number(reader, node, range, &zone.width);
    zone.metric = scenario_goals_metric(reader, node, node->string, true);
    return zone;
}

static void read_zones(const struct reader *reader, const cJSON *node, struct selection_plan *plan)
{
    struct object object = object_open(reader, node, &keys_names);
    int count = object.node ? cJSON_GetArraySize(node) : 0;
    if (count > ZONES_MAX) {
        reader_error(reader, node, CODE_TOO_MANY, "at most 100 zones", NULL);
        return;
    }
    struct zone *zones = arena_new(reader->arena, struct zone, (size_t)count + 1);
    for (const cJSON *child = count ? node->child : NULL; child; child = child->next)
        if (!object_is_comment(child)) zones[plan->zone_count++] = read_zone(reader, child);
    plan->zones = zones;
}

// What the metric says about itself, unless the file does.
static void read_best(struct object *object, struct selection_plan *plan)
{
    const struct metric *metric = plan->metric ? metric_find(plan->metric) : NULL;
    const cJSON *node = object_find(object, "best");
    uint32_t best = 0;
    plan->smallest = metric && metric->better == BETTER_LOWER;
    if (node && reader_choice(object->reader, node, best_names, &best)) plan->smallest = best == 0;
    if (!node && metric && metric->better == BETTER_NEITHER)
        reader_error(object->reader, json_child(object->node, "metric"), CODE_CONTRADICTION,
                     "\"best\" beside it: \"smallest\" or \"largest\"",
                     "this metric has no direction of its own");
}

static void check_procedure(struct object *object, const struct selection_plan *plan)
{
    const struct reader *reader = object->reader;
    if (plan->procedure == SELECTION_NONE) return;
    const cJSON *node = object_find(object, "procedure");
    if (!plan->metric && !object_has(object, "metric"))
        reader_error(reader, node, CODE_CONTRADICTION,
                     "\"metric\" beside it: the number that decides", NULL);
    if (plan->procedure == SELECTION_KN && plan->metric && !(plan->zone > 0))
        reader_error(reader, node, CODE_CONTRADICTION, "a zone of the deciding metric",
                     diag_format(reader->diag,
                                 "\"zones\": {\"%s\": the smallest difference that matters}",
                                 plan->metric));
    if (plan->procedure == SELECTION_OCBA && plan->budget == 0)
        reader_error(reader, node, CODE_CONTRADICTION,
                     "\"budget\" beside it: how many replications there are to spend", NULL);
}

void scenario_selection_read(const struct parts *base, const cJSON *node,
                             const struct scenario *scenario, struct selection_plan *plan)
{
    const struct reader *reader = &base->reader;
    struct object object = object_open(reader, node, &keys_selection);
    *plan = (struct selection_plan){0};
    object_table(&object, selection_params, plan);
    const cJSON *metric = object_find(&object, "metric"), *zones = object_find(&object, "zones");
    const char *name = metric ? reader_text(reader, metric) : NULL;
    if (name) plan->metric = scenario_goals_metric(reader, metric, name, false);
    scenario_goals_labels(base, scenario, &object, plan->metric, plan->labels);
    read_best(&object, plan);
    if (zones) read_zones(reader, zones, plan);
    for (size_t i = 0; i < plan->zone_count; i++)
        if (plan->metric && plan->zones[i].metric &&
            strcmp(plan->zones[i].metric, plan->metric) == 0)
            plan->zone = plan->zones[i].width;
    check_procedure(&object, plan);
    object_close(&object);
}
