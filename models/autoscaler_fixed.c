// Always max_concurrency runners, whatever the load (A3).

#include "models/autoscaler.h"

static uint32_t target(const struct autoscaler_view *view)
{
    return view->scaling->max_concurrency;
}

static struct autoscaler_decision decide(const struct autoscaler_view *view)
{
    return (struct autoscaler_decision){.target = target(view)};
}

const struct autoscaler_policy autoscaler_fixed = {
    .name = "fixed",
    .decide = decide,
    .monotone = true,
    .help = "always max_concurrency runners (A3)",
};
