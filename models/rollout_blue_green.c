// blue_green (R5): the whole new pool stands ready before the switch, so capacity never dips; for
// that time there are twice as many runners.  The old revision goes on scaling by its own load; the
// new one follows when that grows.

#include "models/rollout.h"

static struct rollout_decision decide(const struct rollout_view *view)
{
    uint32_t wanted = view->replicas > view->min_ready ? view->replicas : view->min_ready;
    if (rollout_start_failed(view)) return (struct rollout_decision){.abort = true, .over = true};
    if (view->new_ready >= wanted)
        return (struct rollout_decision){.switch_alias = true, .drain_old = true, .over = true};
    return (struct rollout_decision){.start_new = rollout_missing(view, wanted)};
}

const struct rollout_policy rollout_blue_green = {
    .name = "blue_green",
    .decide = decide,
    .help = "starts as many new runners as the old revision has, switches when all are ready (R5)",
};
