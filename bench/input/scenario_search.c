#include "bench/input/scenario_search.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/pointer.h"
#include "bench/input/scenario_goals.h"

const char *const knob_trend_names[] = {"up", "down", NULL};

enum { DEFAULT_POINTS = 1000, POINTS_MAX = 100000, LEAST_REPLICATIONS = 2, DEFAULT_FACTOR = 16 };

static const struct number_range any_number = {-1e300, 1e300};

static void read_minimise(const struct parts *base, const struct scenario *scenario,
                          const cJSON *node, struct search_plan *plan)
{
    static const struct number_range zone = {1e-300, 1e300};
    struct object object = object_open(&base->reader, node, &keys_minimise);
    plan->indifference = NAN;
    if (!object.node) return;
    scenario_goals_read_choice(base, scenario, &object, &plan->minimise);
    const cJSON *indifference = object_find(&object, "indifference");
    if (indifference) reader_number(&base->reader, indifference, zone, &plan->indifference);
    object_close(&object);
}

static void read_limit(const struct parts *base, const struct scenario *scenario, const cJSON *node,
                       struct search_limit *limit)
{
    *limit = (struct search_limit){.min = NAN, .max = NAN};
    limit->place = json_place(base->reader.json, node);
    struct object object = object_open(&base->reader, node, &keys_promise);
    if (!object.node) return;
    scenario_goals_read_choice(base, scenario, &object, &limit->choice);
    const cJSON *least = object_find(&object, "min"), *most = object_find(&object, "max");
    if (least) reader_number(&base->reader, least, any_number, &limit->min);
    if (most) reader_number(&base->reader, most, any_number, &limit->max);
    if (!least && !most) object_lacks(&object, "max", "\"min\", \"max\" or both");
    if (limit->min > limit->max)
        reader_error(&base->reader, least, CODE_CONTRADICTION, "min not above max", NULL);
    object_close(&object);
}

static void read_limits(const struct parts *base, const struct scenario *scenario,
                        const cJSON *node, struct search_plan *plan)
{
    const struct reader *reader = &base->reader;
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : -1;
    if (count < 1 || count > SEARCH_LIMITS_MAX) {
        reader_error(reader, node, CODE_TYPE, "a list of 1 to 32 promises",
                     "[{\"metric\": \"wait_s\", \"quantile\": \"0.99\", \"max\": 2}]");
        return;
    }
    struct search_limit *limits = arena_new(reader->arena, struct search_limit, (size_t)count);
    for (const cJSON *entry = node->child; entry; entry = entry->next)
        read_limit(base, scenario, entry, &limits[plan->limit_count++]);
    plan->limits = limits;
}

static void read_knob(const struct reader *reader, const cJSON *node, struct search_knob *knob)
{
    struct object object = object_open(reader, node, &keys_knob);
    if (!object.node) return;
    const cJSON *monotone = object_find(&object, "monotone");
    uint32_t trend;
    bool good = axis_read_knob(&object, &knob->axis);
    if (good && knob->axis.count == 0)
        reader_error(reader, node, CODE_RANGE, "at least one value", NULL);
    if (monotone && reader_choice(reader, monotone, knob_trend_names, &trend))
        knob->trend = trend == 0 ? TREND_UP : TREND_DOWN;
    object_close(&object);
}

static void read_knobs(const struct parts *base, const cJSON *node, struct search_plan *plan)
{
    const struct reader *reader = &base->reader;
    struct object object = object_open(reader, node, &keys_names);
    if (!object.node) return;
    int count = cJSON_GetArraySize(node);
    if (count < 1 || count > SEARCH_KNOBS_MAX) {
        reader_error(reader, node, CODE_RANGE, "from 1 to 8 knobs",
                     "{\"/json/pointer\": {\"from\": 0, \"to\": 8}}");
        return;
    }
    struct search_knob *knobs = arena_new(reader->arena, struct search_knob, (size_t)count);
    for (const cJSON *child = node->child; child; child = child->next)
        if (!object_is_comment(child)) read_knob(reader, child, &knobs[plan->knob_count++]);
    plan->knobs = knobs;
    if (plan->knob_count == 0) reader_error(reader, node, CODE_RANGE, "at least one knob", NULL);
}

static void read_replications(const struct reader *reader, const cJSON *node,
                              struct search_plan *plan)
{
    static const struct number_range range = {LEAST_REPLICATIONS, 1e6};
    struct object object = object_open(reader, node, &keys_plan_replications);
    if (!object.node) return;
    const cJSON *initial = object_find(&object, "initial"), *most = object_find(&object, "max");
    if (initial && reader_count(reader, initial, range, &plan->initial))
        plan->most =
            plan->initial < 1000000 / DEFAULT_FACTOR ? DEFAULT_FACTOR * plan->initial : 1000000;
    if (most && reader_count(reader, most, range, &plan->most) && plan->most < plan->initial)
        reader_error(
            reader, most, CODE_CONTRADICTION,
            diag_format(reader->diag, "max not below initial (%u)", (unsigned)plan->initial), NULL);
    object_close(&object);
}

// --replications says how many, whatever the file says.
static void use_command_line(const struct reader *reader, const cJSON *replications,
                             const struct replication_plan *of, struct search_plan *plan)
{
    if (!replications || strcmp(json_file(reader->json, replications), pointer_override_file) != 0)
        return;
    plan->initial = of->min < LEAST_REPLICATIONS ? LEAST_REPLICATIONS : of->min;
    plan->most = of->max < plan->initial ? plan->initial : of->max;
}

static void use_defaults(const struct replication_plan *of, struct search_plan *plan)
{
    plan->points = DEFAULT_POINTS;
    plan->initial = of->min < LEAST_REPLICATIONS ? LEAST_REPLICATIONS : of->min;
    plan->most = plan->initial < 1000 ? DEFAULT_FACTOR * plan->initial : plan->initial;
    if (plan->most < of->max) plan->most = of->max;
}

void scenario_search_read(const struct parts *base, const cJSON *root, struct scenario *scenario)
{
    static const struct number_range points = {1, POINTS_MAX};
    const struct reader *reader = &base->reader;
    const cJSON *node = json_child(root, "plan");
    if (!node) return;
    struct object object = object_open(reader, node, &keys_plan);
    if (!object.node) return;
    struct search_plan *plan = arena_new(reader->arena, struct search_plan, 1);
    use_defaults(&scenario->replications, plan);
    const cJSON *minimise = object_require(&object, "minimise"),
                *limits = object_require(&object, "subject_to"),
                *knobs = object_require(&object, "knobs"),
                *replications = object_find(&object, "replications"),
                *most = object_find(&object, "points");
    if (minimise) read_minimise(base, scenario, minimise, plan);
    if (limits) read_limits(base, scenario, limits, plan);
    if (knobs) read_knobs(base, knobs, plan);
    if (replications) read_replications(reader, replications, plan);
    if (most) reader_count(reader, most, points, &plan->points);
    use_command_line(reader, json_child(root, "replications"), &scenario->replications, plan);
    object_close(&object);
    scenario->search = plan;
}
