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

static bool lists(const struct revision_config *revision, uint32_t machine)
{
    for (uint32_t i = 0; i < revision->machine_count; i++)
        if (revision->machines[i] == machine) return true;
    return false;
}

static bool is_within(const struct revision_config *inner, const struct revision_config *outer)
{
    for (uint32_t i = 0; i < inner->machine_count; i++)
        if (!lists(outer, inner->machines[i])) return false;
    return true;
}

// What the app's floor takes at least, on whichever of its types.
static uint64_t floor_of(const struct scenario_config *config, const struct revision_config *first)
{
    uint64_t least = UINT64_MAX;
    for (uint32_t i = 0; i < first->machine_count; i++) {
        uint64_t all = needed(config, first, first->machines[i], first->scaling.min_concurrency);
        if (all < least) least = all;
    }
    return least;
}

static uint64_t capacity_of(const struct scenario_config *config,
                            const struct revision_config *revision)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < revision->machine_count; i++) {
        uint32_t capacity = most(config, revision->machines[i]);
        if (capacity == UINT32_MAX) return UINT64_MAX;
        sum += capacity;
    }
    return sum;
}

// M3: the floors of all apps that can use this app's machines and no others.
static void check_floors(struct parts *parts, uint32_t app)
{
    const struct scenario_config *config = parts->config;
    const struct revision_config *first = &parts->app_parts[app].first;
    uint64_t floors = 0, own = 0, capacity = capacity_of(config, first);
    const cJSON *floor = json_child(parts->app_parts[app].node, "min_concurrency");
    bool last = true;
    if (!floor) return;
    for (uint32_t i = 0; i < config->app_count; i++) {
        const struct revision_config *other = &parts->app_parts[i].first;
        bool counts = other->machine_count > 0 && other->scaling.min_concurrency > 0;
        if (!counts || !is_within(other, first)) continue;
        floors += floor_of(config, other);
        if (i == app) own = floor_of(config, other);
        last = last && !(i > app && is_within(first, other)); // then that one says it
    }
    if (!last || floors <= capacity || own > capacity || floors == own) return;
    reader_warning(&parts->reader, floor, CODE_WARN_CAPACITY,
                   diag_format(parts->reader.diag,
                               "the floors of all apps on these machines take %llu of %llu",
                               (unsigned long long)floors, (unsigned long long)capacity),
                   NULL);
}

// A rollout that waits for more ready runners than there can be never ends.
static void check_rollouts(struct parts *parts)
{
    const struct reader *reader = &parts->reader;
    for (uint32_t i = 0; i < parts->config->timeline_count; i++) {
        const struct timeline_config *event = &parts->timeline[i];
        if (event->kind != TIMELINE_DEPLOY || event->min_ready <= 1) continue;
        const struct revision_config *revision = &parts->revisions[event->revision];
        uint64_t runners = room(parts->config, revision);
        if (revision->machine_count == 0 || event->min_ready <= runners) continue;
        reader_warning(
            reader, json_child(parts->timeline_nodes[i], "min_ready"), CODE_WARN_CAPACITY,
            diag_format(reader->diag, "the machines have room for %llu runners only: it stalls",
                        (unsigned long long)runners),
            NULL);
    }
}

void scenario_capacity_check(struct parts *parts)
{
    for (uint32_t i = 0; i < parts->config->revision_count; i++)
        if (parts->revisions[i].machine_count > 0) check_revision(parts, i);
    if (diag_errors(parts->reader.diag) > 0) return; // the rest needs all names to be known
    for (uint32_t i = 0; i < parts->config->app_count; i++)
        if (parts->app_parts[i].first.machine_count > 0) check_floors(parts, i);
    check_rollouts(parts);
}
