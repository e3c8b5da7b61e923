// Every autoscaler with every strategy, under the laws of watch.h; and the oracle's law: nobody
// waits for a start, and no other policy costs less (A3).

#include "tests/laws/watch.h"

static const uint64_t seed = 42;

static struct dist exponential(double mean_s)
{
    return (struct dist){.kind = DIST_EXPONENTIAL, .a = mean_s};
}

// Chance everywhere: starts and requests fail, capacity is short, two paths; a deploy of the
// strategy, a new setting, a restart, and the way back.
static struct kit eventful_app(uint32_t autoscaler, const char *strategy)
{
    static const struct canary_step steps[] = {{.1, 100 * SIM_SECOND}, {.5, 100 * SIM_SECOND}};
    struct kit kit = kit_new(2000);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    kit.config.warm_up = 200 * SIM_SECOND;
    kit.apps[app].autoscaler = autoscaler;
    kit.machines[0].capacity = 14;
    kit.machines[0].pending = exponential(3);
    r->setup = exponential(15);
    r->setup_failure = .1;
    r->teardown = exponential(1);
    r->max_multiplexing = 2;
    r->responses[0] = (struct response_config){.status = 503, .probability = .02};
    r->response_count = 1;
    r->scaling.min_concurrency = 1;
    r->scaling.max_concurrency = 8;
    kit_poisson(&kit, app, .8, exponential(6));
    kit_poisson(&kit, app, .2, exponential(4))->path = PATH_DIRECT;
    kit_deploy(&kit, app, 500, strategy)->max_multiplexing = 3;
    kit.timeline[0].rollout = (struct rollout_settings){.max_surge = {25, true},
                                                        .max_unavailable = {25, true},
                                                        .verify_attempts = 100,
                                                        .abort_above = 1,
                                                        .abort_min_requests = 1,
                                                        .steps = steps,
                                                        .step_count = 2};
    kit_scale(&kit, app, 900)->max_concurrency = 9;
    kit.timeline[2] = kit.timeline[3] = kit.timeline[0];
    kit.timeline[2].kind = TIMELINE_RESTART;
    kit.timeline[3].kind = TIMELINE_ROLLBACK;
    kit.timeline[3].revision = REVISION_PREVIOUS;
    kit.timeline[2].at = 1100 * SIM_SECOND;
    kit.timeline[3].at = 1500 * SIM_SECOND;
    kit.timeline[2].name = "2";
    kit.timeline[3].name = "3";
    kit.config.timeline_count = 4;
    return kit;
}

static void every_policy_works_with_every_strategy(void **state)
{
    (void)state;
    static struct watch watch;
    print_message("    seed %u\n", (unsigned)seed);
    for (uint32_t p = 0; autoscaler_policies[p]; p++)
        for (uint32_t s = 0; rollout_policies[s]; s++)
            for (uint32_t replication = 0; replication < 3; replication++) {
                struct kit kit = eventful_app(p, rollout_policies[s]->name);
                watch_run(&kit, &watch, seed, replication);
                uint64_t hash = watch.hash.value;
                double done =
                    watch_sum(kit.values, kit.value_count, "requests", "app=A,outcome=ok");
                if (!(done > 1000))
                    fail_msg("%s with %s: %g requests", autoscaler_policies[p]->name,
                             rollout_policies[s]->name, done);
                watch_run(&kit, &watch, seed, replication);
                assert_true(watch.hash.value == hash);
                kit_free(&kit);
            }
}

// Requests from a time on at which a first start can be ready.
static struct kit plain_app(uint32_t number, const char *autoscaler)
{
    struct rng_stream stream;
    rng_stream_open(&stream, seed, number, 7);
    struct kit kit = kit_new(8000);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->max_concurrency = 200;
    s->keep_alive = (sim_time)(1 + 120 * rng_uniform(&stream, 0)) * SIM_SECOND;
    kit.apps[app].autoscaler = kit_autoscaler(autoscaler);
    kit_first(&kit, app)->setup = dist_constant(5 + 55 * rng_uniform(&stream, 1));
    kit_poisson(&kit, app, .01 + .4 * rng_uniform(&stream, 2),
                exponential(1 + 20 * rng_uniform(&stream, 3)))
        ->from = 100 * SIM_SECOND;
    struct traffic_config *t = kit_renewal(&kit, app, exponential(200), exponential(10));
    t->from = 100 * SIM_SECOND;
    t->batch = BATCH_GEOMETRIC;
    t->batch_size = 1 + 4 * rng_uniform(&stream, 4);
    return kit;
}

static double cost_of(uint32_t number, const char *autoscaler, double *wait_s)
{
    struct kit kit = plain_app(number, autoscaler);
    assert_int_equal(kit_run(&kit, seed, number), SIM_DONE);
    double cost = kit_get(&kit, "cost_usd", "app=A,payer=owner");
    *wait_s = kit_get(&kit, "wait_s", "app=A,quantile=max");
    kit_free(&kit);
    return cost;
}

static void the_oracle_makes_nobody_wait_and_costs_least(void **state)
{
    (void)state;
    static const char *const others[] = {"fal", "lambda", "knative", "fixed"};
    print_message("    seed %u\n", (unsigned)seed);
    for (uint32_t number = 0; number < 24; number++) {
        double wait, floor = cost_of(number, "oracle", &wait);
        assert_true(wait <= 0);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            double cost = cost_of(number, others[i], &wait);
            if (!(floor <= cost * (1 + 1e-9)))
                fail_msg("scenario %u: the oracle costs %g, %s %g (longest wait %g s)",
                         (unsigned)number, floor, others[i], cost, wait);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_policy_works_with_every_strategy),
        cmocka_unit_test(the_oracle_makes_nobody_wait_and_costs_least),
    };
    return cmocka_run_group_tests_name("policies", tests, NULL, NULL);
}
