#pragma once

#include "tests/kit.h"

// An app "A" with `runners` always on, ready from the start, and a setup of `setup_s`.
static inline struct kit rollout_kit(uint32_t runners, double setup_s)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = s->max_concurrency = runners;
    kit_first(&kit, app)->setup = dist_constant(setup_s);
    kit.apps[app].initial_runners = runners;
    return kit;
}

static inline struct timeline_config *rollout_event(struct kit *kit, double at_s,
                                                    enum timeline_kind kind)
{
    static const char *const names[] = {"1", "2", "3", "4", "5"};
    uint32_t row = kit->config.timeline_count++;
    kit->timeline[row] = (struct timeline_config){.at = sim_from_seconds(at_s),
                                                  .kind = kind,
                                                  .name = kind == TIMELINE_KILL ? NULL : names[row],
                                                  .min_ready = 1,
                                                  .revision = REVISION_PREVIOUS};
    return &kit->timeline[row];
}

static inline void rollout_ended(const struct kit *kit, const char *name, const char *end)
{
    char labels[80];
    snprintf(labels, sizeof labels, "app=A,outcome=%s,rollout=%s", end, name);
    if (kit_get(kit, "rollout_outcome", labels) != 1) fail_msg("rollout %s is not %s", name, end);
}
