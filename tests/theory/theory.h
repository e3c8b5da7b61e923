#pragma once

#include "tests/kit.h"

// Exact answers against replications of the model: the reference must lie in the 95 % interval
// widened by the tolerance, and the interval's half-width must be at most a third of it (reference
// cases, section 3).  Seeds are fixed, so a run either always passes or always fails; the chance
// that a right model fails is below 1e-6, since the widened interval is more than eight standard
// errors to each side.

#include <gsl/gsl_cdf.h>

struct theory_row {
    const char *metric, *labels;
    double exact, tolerance;
};

static inline void theory_check(struct kit *kit, const char *name, uint32_t replications,
                                const struct theory_row *rows, size_t count)
{
    double sum[16] = {0}, squares[16] = {0};
    assert_true(count <= 16);
    for (uint32_t r = 0; r < replications; r++) {
        assert_int_equal(kit_run(kit, 42, r), SIM_DONE);
        for (size_t i = 0; i < count; i++) {
            double distance = kit_get(kit, rows[i].metric, rows[i].labels) - rows[i].exact;
            sum[i] += distance;
            squares[i] += distance * distance;
        }
    }
    double n = replications, t = gsl_cdf_tdist_Pinv(0.975, n - 1);
    for (size_t i = 0; i < count; i++) {
        double mean = sum[i] / n;
        double half = t * sqrt(fmax(0, squares[i] / n - mean * mean) / (n - 1));
        print_message("    %-22s %-28s exact %12.6f  ours %12.6f +- %.6f\n", name, rows[i].metric,
                      rows[i].exact, rows[i].exact + mean, half);
        if (half > rows[i].tolerance / 3)
            fail_msg("%s %s: half-width %g is over a third of the tolerance %g", name,
                     rows[i].metric, half, rows[i].tolerance);
        if (fabs(mean) > half + rows[i].tolerance)
            fail_msg("%s %s: exact %g, ours %g +- %g", name, rows[i].metric, rows[i].exact,
                     rows[i].exact + mean, half);
    }
    kit_free(kit);
}

static inline struct dist theory_exponential(double mean)
{
    return (struct dist){.kind = DIST_EXPONENTIAL, .a = mean};
}

// c runners, always on and ready at time 0; the queue holds at most `queue` requests.
static inline struct kit theory_pool(double horizon_s, double warm_up_s, uint32_t c, uint32_t queue,
                                     double rate_per_s, struct dist service)
{
    struct kit kit = kit_new(horizon_s);
    kit.config.warm_up = sim_from_seconds(warm_up_s);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = s->max_concurrency = c;
    s->request_timeout = SIM_NEVER;
    kit.apps[app].initial_runners = c;
    kit.apps[app].max_queue_length = queue;
    kit_poisson(&kit, app, rate_per_s, service);
    return kit;
}
