#include "bench/input/policies.h"

#include <string.h>

#include "models/autoscaler.h"
#include "models/dispatch.h"
#include "models/metrics.h"
#include "models/rollout.h"

const char *const *policies_autoscaler(struct arena *arena)
{
    size_t count = 0;
    while (autoscaler_policies[count])
        count++;
    const char **names = arena_new(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = autoscaler_policies[i]->name;
    return names;
}

const char *const *policies_rollout(struct arena *arena)
{
    size_t count = 0;
    while (rollout_policies[count])
        count++;
    const char **names = arena_new(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = rollout_policies[i]->name;
    return names;
}

const char *const *policies_dispatch(struct arena *arena)
{
    size_t count = 0;
    while (dispatch_policies[count].name)
        count++;
    const char **names = arena_new(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = dispatch_policies[i].name;
    return names;
}

const char *const *policies_metric(struct arena *arena)
{
    size_t count = 0;
    while (metrics[count].name)
        count++;
    const char **names = arena_new(arena, const char *, count + 1);
    for (size_t i = 0, used = 0; i < count; i++) // a series is drawn, and is no number
        if (strncmp(metrics[i].name, "series_", 7) != 0) names[used++] = metrics[i].name;
    return names;
}
