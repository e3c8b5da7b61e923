// A perfect scaler: it knows the future (A3; foresight.h says what it knows and what it is for).
//
// As many runners as what is to come makes worth having, never fewer than min_concurrency or than
// the requests of the moment need: that covers what nobody could foresee, such as retries.  Idle
// ones that are not worth keeping go as if their keep_alive had ended at the best moment, without
// teardown().  Buffers are for those who do not know the future.  Of two revisions that take
// requests by weight each gets its share of what is to come.

#include "models/autoscaler.h"

static struct autoscaler_decision decide(const struct autoscaler_view *view)
{
    const struct scaling_config *s = view->scaling;
    uint64_t load = (uint64_t)view->in_flight + view->queued;
    uint64_t wanted = (load + view->max_multiplexing - 1) / view->max_multiplexing;
    if (wanted < view->foreseen) wanted = view->foreseen;
    if (wanted < s->min_concurrency) wanted = s->min_concurrency;
    if (wanted > s->max_concurrency) wanted = s->max_concurrency;
    return (struct autoscaler_decision){.target = (uint32_t)wanted, .expire_idle = true};
}

const struct autoscaler_policy autoscaler_oracle = {
    .name = "oracle",
    .decide = decide,
    .params = oracle_params,
    .overrides_keep_alive = true,
    .foresees = true,
    .help = "knows the future: nobody waits for a start, at the lowest cost; keep_alive does not "
            "count (A3)",
};
