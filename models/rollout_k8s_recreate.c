// k8s_recreate (R5; a Deployment's Recreate): every old runner is gone before the first new one
// starts. Then as many start as the old revision had, or as the autoscaler wants if that is more.
// In between requests wait for the new revision; the autoscaler rests, or it would start runners
// too early.

#include "models/rollout.h"

static struct rollout_decision decide(const struct rollout_view *view)
{
    if (!view->switched)
        return (struct rollout_decision){.switch_alias = true, .drain_old = true, .hold = true};
    if (view->old_alive > 0) return (struct rollout_decision){.hold = true};
    return (struct rollout_decision){.start_new = rollout_missing(view, view->replicas),
                                     .over = true};
}

const struct rollout_policy rollout_k8s_recreate = {
    .name = "k8s_recreate",
    .decide = decide,
    .help = "all old runners go first, then as many new ones start at once (R5)",
};
