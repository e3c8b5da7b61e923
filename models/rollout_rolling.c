// rolling (R2): "doesn't switch the app to the new one until there is at least 1 runner in the new revision"
// (seed page).  If a start fails before that, the deploy is aborted and the old revision keeps the traffic.

#include "models/rollout.h"

static struct rollout_decision decide(const struct rollout_view *view)
{
    if (view->new_failed > 0) return (struct rollout_decision){.abort = true, .over = true};
    if (view->new_ready >= view->min_ready)
        return (struct rollout_decision){.switch_alias = true, .drain_old = true, .over = true};
    uint32_t coming = view->new_starting + view->new_ready;
    uint32_t missing = view->min_ready > coming ? view->min_ready - coming : 0;
    return (struct rollout_decision){.start_new = missing};
}

const struct rollout_policy rollout_rolling = {
    .name = "rolling",
    .decide = decide,
    .help = "starts min_ready new runners, switches when they are ready, then drains the old ones (R2)",
};
