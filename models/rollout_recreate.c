// recreate (R1): "instantly switch the app to the new revision" (seed page).  The deploy itself
// starts nothing: the next request, or the floor of min_concurrency, does.

#include "models/rollout.h"

static struct rollout_decision decide(const struct rollout_view *view)
{
    (void)view;
    return (struct rollout_decision){.switch_alias = true, .drain_old = true, .over = true};
}

const struct rollout_policy rollout_recreate = {
    .name = "recreate",
    .decide = decide,
    .help = "the alias switches at once; old runners stop or drain; nothing is started (R1)",
};
