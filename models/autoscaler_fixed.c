// Always max_concurrency runners, whatever the load (A3).

#include "models/autoscaler.h"

static uint32_t target(const struct autoscaler_view *view)
{
    return view->scaling->max_concurrency;
}

const struct autoscaler_policy autoscaler_fixed = {
    .name = "fixed",
    .target = target,
    .help = "always max_concurrency runners (A3)",
};
