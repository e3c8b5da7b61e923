// The platform's default policy (A1; the formula is our reading of its documented examples):
//
//   load   = in_flight + queued requests older than scaling_delay        (requests)
//   need   = ceil(load / max_multiplexing)                               (runners)
//   buffer = max(concurrency_buffer, ceil(perc / 100 * load / max_multiplexing))
//   target = clamp(max(min_concurrency, need + buffer), 0, max_concurrency)
//
// Other readings, as keys: autoscaler_buffer_mode max takes max(need, buffer) for need + buffer;
// autoscaler_perc_of requests leaves out the division by max_multiplexing in the buffer.
//
// Only overdue requests count as load: the runners already there get the first chance at a short
// burst.

#include "models/autoscaler.h"
#include "sim/check.h"

#include <math.h>

static uint64_t ceil_div(uint64_t amount, uint64_t unit)
{
    return (amount + unit - 1) / unit;
}

static uint32_t target(const struct autoscaler_view *view)
{
    const struct scaling_config *s = view->scaling;
    SIM_CHECK(view->max_multiplexing >= 1);
    SIM_CHECK(view->overdue <= view->queued);

    uint64_t load = (uint64_t)view->in_flight + view->overdue;
    // The division is worth avoiding: this runs after every event of an app.
    uint64_t need = view->max_multiplexing == 1 ? load : ceil_div(load, view->max_multiplexing);
    uint64_t spare = s->concurrency_buffer;
    if (s->concurrency_buffer_perc > 0) {
        double share = s->concurrency_buffer_perc * (double)load;
        uint32_t unit = s->perc_of == PERC_OF_REQUESTS ? 1 : view->max_multiplexing;
        uint64_t by_load = (uint64_t)ceil(share / (100.0 * unit));
        if (by_load > spare) spare = by_load;
    }
    uint64_t wanted = need + spare;
    if (s->buffer_mode == BUFFER_MAX) wanted = need > spare ? need : spare;
    if (wanted < s->min_concurrency) wanted = s->min_concurrency;
    if (wanted > s->max_concurrency) wanted = s->max_concurrency;
    return (uint32_t)wanted;
}

static struct autoscaler_decision decide(const struct autoscaler_view *view)
{
    return (struct autoscaler_decision){.target = target(view)};
}

const struct autoscaler_policy autoscaler_fal = {
    .name = "fal",
    .decide = decide,
    .monotone = true,
    .help = "runners for the load plus a buffer, at once; keep_alive scales down (A1)",
};
