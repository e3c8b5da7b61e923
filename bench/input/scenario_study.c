#include "bench/input/scenario_study.h"

#include "bench/input/codes.h"

const char *const study_kind_names[] = {"terminating", "steady_state", "cyclic", NULL};

void scenario_study_read(const struct reader *reader, struct object *top, struct scenario *scenario)
{
    static const struct time_range range = {0.001, 1e9};
    const cJSON *node = object_find(top, "study");
    uint32_t kind = STUDY_TERMINATING;
    scenario->study = STUDY_UNSAID;
    if (node && reader_choice(reader, node, study_kind_names, &kind))
        scenario->study = (enum study_kind)kind;
    bool cyclic = node && kind == STUDY_CYCLIC, cycle = object_has(top, "cycle");
    object_time(top, "cycle", range, &scenario->cycle);
    if (cyclic && !cycle)
        reader_error(reader, node, CODE_CONTRADICTION,
                     "\"cycle\" beside it, the length of one, such as \"24h\"", NULL);
    const cJSON *given = object_find_timed(top, "cycle");
    if (given && !cyclic)
        reader_key_error(reader, given, CODE_CONTRADICTION, "\"study\": \"cyclic\" with a cycle",
                         node ? "another study" : "none", NULL);
}

void scenario_study_default(struct scenario *scenario, const struct parts *base)
{
    if (scenario->study != STUDY_UNSAID) return;
    bool warms_up = base->warm_up_auto || base->config->warm_up > 0;
    bool steady = warms_up && base->config->timeline_count == 0;
    scenario->study = steady ? STUDY_STEADY_STATE : STUDY_TERMINATING;
}

static void check_auto(const struct reader *reader, const cJSON *node, const cJSON *root,
                       const struct scenario *scenario)
{
    const cJSON *timeline = json_child(root, "timeline");
    bool events = cJSON_IsArray(timeline) && timeline->child;
    if (events || scenario->study == STUDY_TERMINATING)
        reader_error(reader, node, CODE_CONTRADICTION,
                     events ? "a time: with a timeline there is no steady state to find"
                            : "a time: a terminating study has no steady state to find",
                     NULL);
}

static void check_cycles(const struct parts *parts, const cJSON *root, sim_time cycle)
{
    const struct scenario_config *config = parts->config;
    const cJSON *warm_up = json_child(root, "warm_up"), *horizon = json_child(root, "horizon");
    if (!warm_up) warm_up = json_child(root, "warm_up_s");
    if (!horizon) horizon = json_child(root, "horizon_s");
    if (cycle <= 0 || config->horizon == SIM_NEVER) return; // reported
    if (warm_up && config->warm_up % cycle != 0)
        reader_error(&parts->reader, warm_up, CODE_CONTRADICTION, "a whole number of cycles", NULL);
    if (horizon && config->horizon % cycle != 0)
        reader_error(&parts->reader, horizon, CODE_CONTRADICTION, "a whole number of cycles",
                     "parts of a cycle would count its hours unequally");
}

void scenario_study_check(const struct parts *parts, const cJSON *root,
                          const struct scenario *scenario)
{
    if (parts->warm_up_auto)
        check_auto(&parts->reader, json_child(root, "warm_up"), root, scenario);
    if (scenario->study == STUDY_CYCLIC) check_cycles(parts, root, scenario->cycle);
}
