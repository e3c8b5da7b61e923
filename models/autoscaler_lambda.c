// One request, one runner (A3; the model of SimFaaS, Mahmoudi and Khazaei 2021): a request that
// finds no idle runner starts one and waits for it; with max_concurrency runners alive it is
// rejected.

#include "models/autoscaler.h"

static uint32_t target(const struct autoscaler_view *view)
{
    uint64_t load = (uint64_t)view->in_flight + view->queued;
    uint32_t most = view->scaling->max_concurrency;
    return load < most ? (uint32_t)load : most;
}

// Every waiting request has a start of its own, so one more may wait only if one more may start.
static bool may_wait(const struct autoscaler_view *view)
{
    uint64_t alive = (uint64_t)view->starting + view->ready;
    uint64_t most = view->scaling->max_concurrency;
    uint64_t more = most > alive ? most - alive : 0;
    return view->queued < view->starting + more;
}

static struct autoscaler_decision decide(const struct autoscaler_view *view)
{
    return (struct autoscaler_decision){.target = target(view)};
}

const struct autoscaler_policy autoscaler_lambda = {
    .name = "lambda",
    .decide = decide,
    .may_wait = may_wait,
    .monotone = true,
    .help = "one request, one runner; rejects at max_concurrency (A3)",
};
