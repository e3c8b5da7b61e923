// rolling_update (R5; a Deployment's RollingUpdate, domain 8.2): new runners replace old ones step
// by step.
//
//   runners alive (draining ones apart) <= replicas + max_surge
//   ready runners                       >= replicas - max_unavailable
//
// Percentages are of the replicas; the surge is rounded up, the unavailable ones down; should both
// come to 0, one may be unavailable.  Ready runners of both revisions serve; the autoscaler rests.
// Starts that fail are tried again for ever, as there: nothing is rolled back.

#include "models/rollout.h"

#include <math.h>

static uint32_t share(struct rollout_amount amount, uint32_t replicas, double (*round)(double))
{
    return (uint32_t)(amount.percent ? round(amount.value * replicas / 100) : amount.value);
}

static uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static struct rollout_decision decide(const struct rollout_view *view)
{
    static const struct rollout_settings none;
    const struct rollout_settings *s = view->settings ? view->settings : &none;
    uint32_t wanted = view->replicas;
    if (view->new_ready >= wanted)
        return (struct rollout_decision){.switch_alias = true, .drain_old = true, .over = true};

    uint32_t surge = share(s->max_surge, wanted, ceil);
    uint32_t unavailable = lesser(share(s->max_unavailable, wanted, floor), wanted);
    if (surge == 0 && unavailable == 0) unavailable = 1;
    uint32_t total = view->old_starting + view->old_ready + view->new_starting + view->new_ready;
    uint32_t most = wanted + surge, least = wanted - unavailable;
    uint32_t room = most > total ? most - total : 0;
    uint32_t ready = view->old_ready + view->new_ready;
    uint32_t spare = ready > least ? ready - least : 0;
    return (struct rollout_decision){
        .start_new = lesser(rollout_missing(view, wanted), room),
        .leave_old = view->old_starting + lesser(spare, view->old_ready),
        .hold = true,
        .shared = true,
    };
}

const struct rollout_policy rollout_rolling_update = {
    .name = "rolling_update",
    .decide = decide,
    .help = "replaces runners step by step within max_surge and max_unavailable (R5)",
};
