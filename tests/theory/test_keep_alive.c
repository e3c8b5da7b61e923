// Pools that start cold and expire: one runner with start-up (Welch 1964), one runner that rejects,
// and the lambda policy against SimFaaS.

#include "tests/theory/theory.h"

// M/G/1 with exceptional first service: start-up D, service S, keep-alive T, one runner and a FIFO
// queue.
static struct kit welch(double keep_alive_s)
{
    struct kit kit = kit_new(4e6);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->max_concurrency = 1;
    s->keep_alive = sim_from_seconds(keep_alive_s);
    kit_first(&kit, app)->setup = dist_constant(60);
    kit_poisson(&kit, app, .01, dist_constant(28.7));
    return kit;
}

// Billed share of the time: everything but TERMINATED and the unbilled states, for one runner.
static void check_welch(const char *name, double keep_alive_s, double wq, double cold,
                        double billed)
{
    struct kit kit = welch(keep_alive_s);
    double price = 0.99 / 3600, horizon = sim_seconds(kit.config.horizon);
    const struct theory_row rows[] = {
        {"wait_mean_s", "app=A", wq, 1.2},
        {"cold_start_ratio", "app=A", cold, .006},
        {"cost_usd", "app=A,payer=owner", billed * price * horizon, .006 * price * horizon},
    };
    theory_check(&kit, name, 30, rows, 3);
}

static void one_runner_with_start_up_and_queue(void **state)
{
    (void)state;
    check_welch("Welch T=0", 0, 54.526227, .445625, .554375);
    check_welch("Welch T=60", 60, 37.979437, .294370, .705630);
}

static struct kit lambda(double horizon_s, double rate, double warm_s, double cold_s,
                         double keep_alive_s, uint32_t cap)
{
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->max_concurrency = cap;
    s->keep_alive = sim_from_seconds(keep_alive_s);
    kit.apps[app].autoscaler = kit_autoscaler("lambda");
    kit.apps[app].dispatch = DISPATCH_MOST_RECENTLY_CREATED;
    struct traffic_config *t = kit_poisson(&kit, app, rate, theory_exponential(warm_s));
    t->path = PATH_DIRECT;
    t->has_cold_service = true;
    t->cold_service = theory_exponential(cold_s);
    return kit;
}

// p = e^(-lambda T); exact for any service distribution.
static void one_runner_that_rejects(void **state)
{
    (void)state;
    struct kit kit = lambda(1e6, .1, 1, 5, 10, 1);
    const struct theory_row rows[] = {
        {"cold_start_ratio", "app=A", .367879, .004},
        {"request_success_ratio", "app=A", 1 - .198173, .004},
        {"runner_life_mean_s", "app=A", 23.9011, .3},
    };
    theory_check(&kit, "reject T=10", 20, rows, 3);
}

// Case SF1; "servers" is the mean number of runners alive, "running" of busy ones.
static void simfaas_base_case(void **state)
{
    (void)state;
    struct kit kit = lambda(1e6, .9, 1.991, 2.244, 600, 1000);
    const struct theory_row rows[] = {
        {"cold_start_ratio", "app=A", .001343, 4e-5},
        {"runners_mean", "app=A,state=RUNNING", 1.7938, .003},
        {"runners_mean", "app=A,state=IDLE", 7.704 - 1.7938, .06},
        {"runner_life_mean_s", "app=A", 6390, 200},
    };
    theory_check(&kit, "SF1", 40, rows, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_runner_with_start_up_and_queue),
        cmocka_unit_test(one_runner_that_rejects),
        cmocka_unit_test(simfaas_base_case),
    };
    return cmocka_run_group_tests_name("keep_alive", tests, NULL, NULL);
}
