// Knative's pod autoscaler, KPA (A3; knative/serving pkg/autoscaler/scaling/autoscaler.go, and
// domain 8.1), with runners for pods.  Every tick_interval:
//
//   ready  = max(1, ready runners)
//   target = target_utilization_percentage of max_multiplexing            (requests a runner)
//   stable = ceil(average concurrency over stable_window / target), panic likewise
//   both clamped to [floor(ready / max_scale_down_rate), ceil(max_scale_up_rate * ready)], then, if
//   not 0 before, lifted to activation_scale
//   panic / ready >= threshold, before the clamp: panics from now on; it ends when that was last
//   so more than stable_window ago
//   wanted = stable; while it panics: the most of stable and panic since the panic began
//   wanted = the most wanted within scale_down_delay
//   clamped to [min_concurrency, max_concurrency]
//
// The order of clamp, lift and threshold is that of the source.
//
// Concurrency is what activator and queue proxies see: requests in flight and requests that wait.
// Averages are exact integrals over whole ticks, from the integral at each of the last ticks (a
// ring, so memory is constant; knative itself keeps a bucket a second).  A window that is not full
// yet is as long as what there is.
//
// To zero: the stable window has to be full and empty; then the last runner stays for the grace
// period. From zero: a request does not wait for the tick (the activator pokes the autoscaler).
// At its own start it takes over as many runners as there are; if that is more than one it panics,
// because it knows no past.  target_burst_capacity is left out: it only decides whether the
// activator stays in the path, and here that changes no number.

#include "models/autoscaler.h"
#include "sim/check.h"
#include "sim/level.h"

#include <math.h>

enum { TICKS_MAX = 3600 }; // longest window and delay over shortest tick_interval (config.c)

struct kpa { // what it remembers between ticks
    bool panics;
    sim_time panic_at;   // when it was last over the threshold
    uint32_t panic_most; // the most wanted while it panics
    sim_time empty_at;   // the tick that found a full window empty; SIM_NEVER: the latest did not
};

struct sight { // what it sees at a tick
    sim_time now;
    uint32_t ready, max_multiplexing;
    double stable, panic; // average concurrencies
};

struct memory { // autoscaler_view.state
    bool begun;
    sim_time next_tick;
    uint64_t ticks;             // so far
    struct level demand;        // requests in flight and waiting
    sim_wide at[TICKS_MAX + 1]; // integral of that at the latest ticks, by tick number; the first
                                // is the beginning
    uint32_t wanted_at[TICKS_MAX + 1];
    uint32_t wanted; // not clamped to the settings of the app
    struct kpa kpa;
};

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

static uint32_t wish(const struct knative_config *c, double asked, double ready)
{
    double down = floor(ready / c->max_scale_down_rate), up = ceil(c->max_scale_up_rate * ready);
    double wanted = clamp(asked, down, up);
    if (asked > 0 && wanted < c->activation_scale) wanted = c->activation_scale;
    return (uint32_t)fmin(wanted, UINT32_MAX);
}

static void panic_or_calm(const struct knative_config *c, struct kpa *kpa, sim_time now, bool over)
{
    if (over) {
        kpa->panics = true;
        kpa->panic_at = now;
    } else if (kpa->panics && now - kpa->panic_at > c->stable_window) {
        kpa->panics = false;
        kpa->panic_most = 0;
    }
}

// Runners wanted, before scale_down_delay.
static uint32_t scale(const struct knative_config *c, struct kpa *kpa, const struct sight *sight)
{
    double ready = sight->ready > 1 ? sight->ready : 1;
    double percent = c->target_utilization_percentage * sight->max_multiplexing;
    double stable = ceil(100 * sight->stable / percent), panic = ceil(100 * sight->panic / percent);
    uint32_t wanted = wish(c, stable, ready), urgent = wish(c, panic, ready);
    panic_or_calm(c, kpa, sight->now, panic / ready >= c->panic_threshold_percentage / 100);
    if (!kpa->panics) return wanted;
    if (wanted < urgent) wanted = urgent;
    if (kpa->panic_most < wanted) kpa->panic_most = wanted;
    return kpa->panic_most;
}

// Whether none at all may be wanted; `empty`: no request in the whole of a full stable window.
static bool may_be_none(const struct knative_config *c, struct kpa *kpa, sim_time now, bool empty)
{
    if (!empty || !c->enable_scale_to_zero) {
        kpa->empty_at = SIM_NEVER;
        return false;
    }
    if (kpa->empty_at == SIM_NEVER) kpa->empty_at = now;
    return now - kpa->empty_at >= c->scale_to_zero_grace_period;
}

// Windows in whole ticks.

static uint64_t ticks_in(double length, sim_time tick)
{
    double ticks = ceil(length / (double)tick);
    return (uint64_t)clamp(ticks, 1, TICKS_MAX);
}

static double average(const struct memory *m, uint64_t window, sim_time tick)
{
    uint64_t first = m->ticks > window ? m->ticks - window : 0;
    sim_wide area = m->at[m->ticks % (TICKS_MAX + 1)] - m->at[first % (TICKS_MAX + 1)];
    return (double)area / ((double)(m->ticks - first) * (double)tick);
}

static uint32_t most_within(const struct memory *m, sim_time delay, sim_time tick)
{
    uint64_t ticks = ticks_in((double)delay, tick);
    uint32_t most = m->wanted_at[m->ticks % (TICKS_MAX + 1)];
    for (uint64_t t = 1; t < ticks && t < m->ticks; t++) {
        uint32_t then = m->wanted_at[(m->ticks - t) % (TICKS_MAX + 1)];
        if (then > most) most = then;
    }
    return most;
}

static void tick(struct memory *m, const struct autoscaler_view *view)
{
    const struct knative_config *c = &view->app->knative;
    uint64_t stable = ticks_in((double)c->stable_window, c->tick_interval);
    double panic_ns = c->panic_window_percentage / 100 * (double)c->stable_window;
    m->ticks++;
    m->next_tick += c->tick_interval;
    m->at[m->ticks % (TICKS_MAX + 1)] = level_area_ns(&m->demand, view->now);
    struct sight sight = {
        .now = view->now,
        .ready = view->ready,
        .max_multiplexing = view->max_multiplexing,
        .stable = average(m, stable, c->tick_interval),
        .panic = average(m, ticks_in(panic_ns, c->tick_interval), c->tick_interval),
    };
    m->wanted_at[m->ticks % (TICKS_MAX + 1)] = scale(c, &m->kpa, &sight);
    m->wanted = most_within(m, c->scale_down_delay, c->tick_interval);
    bool empty = m->wanted == 0 && m->ticks >= stable && sight.stable <= 0;
    if (!may_be_none(c, &m->kpa, view->now, empty) && m->wanted == 0)
        m->wanted = view->ready + view->starting > 0;
}

static void begin(struct memory *m, const struct autoscaler_view *view)
{
    m->begun = true;
    m->next_tick = view->now + view->app->knative.tick_interval;
    m->wanted = view->ready + view->starting;
    m->kpa = (struct kpa){.panics = m->wanted > 1,
                          .panic_at = view->now,
                          .panic_most = m->wanted,
                          .empty_at = SIM_NEVER};
}

static struct autoscaler_decision decide(const struct autoscaler_view *view)
{
    struct memory *m = view->state;
    const struct scaling_config *s = view->scaling;
    if (!m->begun) begin(m, view);
    uint64_t demand = (uint64_t)view->in_flight + view->queued;
    level_set(&m->demand, view->now, (int64_t)demand);
    if (view->now >= m->next_tick) tick(m, view);
    SIM_CHECK(view->now < m->next_tick);
    if (m->wanted == 0 && demand > 0) m->wanted = view->app->knative.activation_scale;
    return (struct autoscaler_decision){
        .target = (uint32_t)clamp(m->wanted, s->min_concurrency, s->max_concurrency),
        .ask_again = m->next_tick - view->now,
        .call_off_starts = true,
        .stop_idle = true,
        .drain_busy = view->app->knative.drain_busy,
    };
}

const struct autoscaler_policy autoscaler_knative = {
    .name = "knative",
    .decide = decide,
    .state_size = sizeof(struct memory),
    .params = knative_params,
    .overrides_keep_alive = true,
    .help = "KPA: the average concurrency of a minute, of seconds in a panic; keep_alive does not "
            "count (A3)",
};
