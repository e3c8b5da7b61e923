// Whether the machines that a scenario has are enough for what it asks, as far as that can be seen
// before a run.

#include "bench/input/scenario_parts.h"

#include "bench/input/codes.h"

// The largest capacity that a type ever has.
static uint32_t most(const struct scenario_config *config, uint32_t machine)
{
    uint32_t capacity = config->machines[machine].capacity;
    for (uint32_t i = 0; i < config->timeline_count; i++) {
        const struct timeline_config *event = &config->timeline[i];
        bool same = event->kind == TIMELINE_CAPACITY && event->machine == machine;
        if (same && event->capacity > capacity) capacity = event->capacity;
    }
    return capacity;
}

static uint64_t needed(const struct scenario_config *config, const struct revision_config *revision,
                       uint32_t machine, uint64_t runners)
{
    return config->machines[machine].gpu ? runners * revision->num_gpus : runners;
}

// Runners of the revision that its types have room for when nobody else uses them.
static uint64_t room(const struct scenario_config *config, const struct revision_config *revision)
{
    uint64_t runners = 0;
    for (uint32_t i = 0; i < revision->machine_count; i++) {
        uint32_t machine = revision->machines[i], capacity = most(config, machine);
        if (capacity == UINT32_MAX) return UINT64_MAX;
        runners += capacity / needed(config, revision, machine, 1);
    }
    return runners;
}

static void check_revision(struct parts *parts, uint32_t id)
{
    const struct reader *reader = &parts->reader;
    const struct revision_config *revision = &parts->revisions[id];
    const cJSON *node = parts->revision_nodes[id], *types = json_child(node, "machine_type");
    const cJSON *floor = json_child(node, "min_concurrency"), *gpus = json_child(node, "num_gpus");
    uint64_t runners = room(parts->config, revision);
    bool any = false;
    for (uint32_t i = 0; i < revision->machine_count; i++)
        any = any || most(parts->config, revision->machines[i]) > 0;
    if (!any)
        reader_error(reader, types ? types : node, CODE_CAPACITY, "a machine type with capacity",
                     "its capacity is 0 all the time");
    else if (runners == 0)
        reader_warning(reader, gpus ? gpus : node, CODE_WARN_CAPACITY,
                       "no runner ever fits: its GPUs are more than the capacity", NULL);
    else if (revision->scaling.min_concurrency > runners)
        reader_warning(reader, floor ? floor : node, CODE_WARN_CAPACITY,
                       diag_format(reader->diag, "the machines have room for %llu runners only",
                                   (unsigned long long)runners),
                       NULL);
}

void scenario_capacity_check(struct parts *parts)
{
    for (uint32_t i = 0; i < parts->config->revision_count; i++)
        if (parts->revisions[i].machine_count > 0) check_revision(parts, i);
}
