// rolling (R2): "doesn't switch the app to the new one until there is at least 1 runner in the new
// revision" (seed page).  If a start fails before that, the deploy is aborted and the old revision
// keeps the traffic.
//
// With detach (R3; the tool's help text) the alias moves first: requests wait for the new
// revision's runners, the old ones take no new requests but stay until min_ready new ones are
// ready, and failed starts are tried again for ever.
//
// drain_old says what happens after the switch: the old runners drain all at once, or the new
// revision is brought to as many runners as the old one had, and each that becomes ready lets one
// old runner go.

#include "models/rollout.h"

static struct rollout_decision one_for_one(const struct rollout_view *view)
{
    uint32_t joined = view->new_joined;
    uint32_t owed = view->old_at_switch > joined ? view->old_at_switch - joined : 0;
    struct rollout_decision d = {.over = owed == 0, .drain_old = owed == 0};
    if (owed > view->new_starting) d.start_new = owed - view->new_starting;
    if (owed > 0 && view->old_ready > owed) d.leave_old = view->old_ready - owed;
    return d;
}

static struct rollout_decision after_switch(const struct rollout_view *view)
{
    bool paced = view->settings && view->settings->drain_old == DRAIN_OLD_ONE_FOR_ONE;
    if (paced && view->new_joined >= view->min_ready) return one_for_one(view);
    if (view->new_ready >= view->min_ready)
        return (struct rollout_decision){.drain_old = true, .over = true};
    return (struct rollout_decision){.start_new = rollout_missing(view, view->min_ready)};
}

static struct rollout_decision decide(const struct rollout_view *view)
{
    if (view->switched) return after_switch(view);
    if (view->settings && view->settings->detach)
        return (struct rollout_decision){.switch_alias = true};
    if (rollout_start_failed(view)) return (struct rollout_decision){.abort = true, .over = true};
    if (view->new_ready < view->min_ready)
        return (struct rollout_decision){.start_new = rollout_missing(view, view->min_ready)};
    if (view->settings && view->settings->drain_old == DRAIN_OLD_ONE_FOR_ONE)
        return (struct rollout_decision){.switch_alias = true};
    return (struct rollout_decision){.switch_alias = true, .drain_old = true, .over = true};
}

const struct rollout_policy rollout_rolling = {
    .name = "rolling",
    .decide = decide,
    .help = "starts min_ready new runners, switches when they are ready, then drains the old ones "
            "(R2, R3)",
};
