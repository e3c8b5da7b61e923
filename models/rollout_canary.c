// canary (R5): once min_ready new runners are ready, each step sends its share of new requests to
// the new revision for its time; after the last step the alias switches and the old runners drain.
// If more than abort_above of the attempts on the new revision have failed, and at least
// abort_min_requests have ended, it rolls back.  Each revision is scaled for the requests that are
// its own.

#include "models/rollout.h"

static bool too_many_bad(const struct rollout_view *view)
{
    const struct rollout_settings *s = view->settings;
    if (view->new_ended == 0 || view->new_ended < s->abort_min_requests) return false;
    return (double)view->new_bad > s->abort_above * (double)view->new_ended;
}

static struct rollout_decision enter(const struct rollout_view *view, uint32_t step)
{
    const struct rollout_settings *s = view->settings;
    if (step > s->step_count)
        return (struct rollout_decision){.switch_alias = true, .drain_old = true, .over = true};
    const struct canary_step *row = &s->steps[step - 1];
    return (struct rollout_decision){
        .next_step = true, .weight = row->weight, .ask_again = row->length};
}

static struct rollout_decision decide(const struct rollout_view *view)
{
    static const struct rollout_settings none;
    struct rollout_view v = *view;
    if (!v.settings) v.settings = &none;
    if (v.step == 0) {
        if (rollout_start_failed(&v)) return (struct rollout_decision){.abort = true, .over = true};
        if (v.new_ready >= v.min_ready) return enter(&v, 1);
        return (struct rollout_decision){.start_new = rollout_missing(&v, v.min_ready)};
    }
    if (too_many_bad(&v)) return (struct rollout_decision){.abort = true, .over = true};
    const struct canary_step *step = &v.settings->steps[v.step - 1];
    if (v.in_step >= step->length) return enter(&v, v.step + 1);
    return (struct rollout_decision){.weight = step->weight, .ask_again = step->length - v.in_step};
}

const struct rollout_policy rollout_canary = {
    .name = "canary",
    .decide = decide,
    .help = "a rising share of new requests goes to the new revision; rolls back on failures (R5)",
};
