// Laws about pairs of runs on the same random numbers: what must not change when something else
// does, and which way it must change.

#include "tests/laws/watch.h"

static struct dist exponential(double mean_s)
{
    return (struct dist){.kind = DIST_EXPONENTIAL, .a = mean_s};
}

static bool in_usd(const struct metric *metric)
{
    return strcmp(metric->unit, "usd") == 0;
}

static struct kit priced(double factor)
{
    struct kit kit = kit_new(4000);
    uint32_t app = kit_app(&kit, "A");
    kit.machines[0].price_usd_per_s *= factor;
    kit_scaling(&kit, app)->min_concurrency = 1;
    kit_scaling(&kit, app)->max_concurrency = 4;
    kit_first(&kit, app)->setup = exponential(12);
    kit_first(&kit, app)->auth_mode = AUTH_SHARED;
    kit_poisson(&kit, app, .4, exponential(6))->caller = 1;
    kit_deploy(&kit, app, 2000, "rolling");
    return kit;
}

// C2: the price is a factor of every sum of money, and of nothing else.
static void money_is_proportional_to_the_price(void **state)
{
    (void)state;
    struct kit one = priced(1), three = priced(3);
    size_t sums = 0;
    kit_run(&one, 42, 0);
    kit_run(&three, 42, 0);
    assert_int_equal(one.value_count, three.value_count);
    for (size_t i = 0; i < one.value_count; i++) {
        bool usd = in_usd(one.values[i].metric);
        double value = one.values[i].value * (usd ? 3 : 1);
        kit_is(&three, one.values[i].metric->name, one.values[i].labels, value);
        sums += usd && value > 0;
    }
    assert_true(sums > 15);
    kit_free(&one);
    kit_free(&three);
}

static struct kit servers(uint32_t c, struct dist service)
{
    struct kit kit = kit_new(3000);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = s->max_concurrency = c;
    s->request_timeout = SIM_NEVER;
    kit.apps[app].initial_runners = c;
    kit_poisson(&kit, app, .9, service)->until = sim_from_seconds(2000);
    return kit;
}

// Kiefer and Wolfowitz 1955: in a first come first served queue with the same arrivals and the same
// work, one server more makes every request start no later.  So nothing that only counts starts can
// become worse.
static void a_runner_more_never_hurts(void **state)
{
    (void)state;
    static const char *const quantiles[] = {"0.5", "0.9", "0.95", "0.99", "0.999", "max"};
    const struct dist works[] = {
        exponential(3), dist_constant(3), {.kind = DIST_UNIFORM, .a = 0, .b = 6}};
    for (size_t w = 0; w < 3; w++)
        for (uint32_t c = 2; c < 8; c++) {
            struct kit few = servers(c, works[w]), many = servers(c + 1, works[w]);
            kit_run(&few, 42, c);
            kit_run(&many, 42, c);
            double wait = kit_get(&few, "wait_mean_s", "app=A");
            assert_true(kit_get(&many, "wait_mean_s", "app=A") <= wait);
            if (c == 2) assert_true(wait > kit_get(&many, "wait_mean_s", "app=A"));
            assert_true(kit_get(&many, "queue_length_max", "app=A") <=
                        kit_get(&few, "queue_length_max", "app=A"));
            for (size_t q = 0; q < 6; q++) {
                char labels[40];
                snprintf(labels, sizeof labels, "app=A,quantile=%s", quantiles[q]);
                assert_true(kit_get(&many, "wait_s", labels) <= kit_get(&few, "wait_s", labels));
            }
            kit_free(&few);
            kit_free(&many);
        }
}

// A capacity that is never reached is as good as none.
static void room_that_nobody_needs_changes_nothing(void **state)
{
    (void)state;
    struct kit enough = priced(1), plenty = priced(1);
    static struct watch a, b;
    enough.machines[0].capacity = 5; // 4 runners, and one that a rolling deploy adds
    plenty.machines[0].capacity = 50;
    watch_run(&enough, &a, 42, 0);
    watch_run(&plenty, &b, 42, 0);
    assert_true(a.begins > 1000);
    assert_true(a.hash.value == b.hash.value);
    kit_free(&enough);
    kit_free(&plenty);
}

// An app whose traffic, revisions and scaling are all its own does not notice another beside it.
static void neighbours_without_shared_machines_do_not_matter(void **state)
{
    (void)state;
    struct kit alone = priced(1), beside = priced(1);
    uint32_t other = kit_app(&beside, "B");
    kit_first(&beside, other)->machines[0] = 1;
    kit_scaling(&beside, other)->max_concurrency = 3;
    kit_poisson(&beside, other, 1, exponential(2));
    kit_run(&alone, 42, 0);
    kit_run(&beside, 42, 0);
    size_t compared = 0;
    for (size_t i = 0; i < alone.value_count; i++) {
        const struct kit_value *v = &alone.values[i];
        if (strncmp(v->labels, "app=A", 5) != 0) continue;
        kit_is(&beside, v->metric->name, v->labels, v->value);
        compared++;
    }
    assert_true(compared > 80);
    kit_free(&alone);
    kit_free(&beside);
}

static double fleet_costs(uint32_t fleet, const char *strategy, uint32_t min_ready)
{
    struct kit kit = kit_new(4000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = fleet;
    kit_scaling(&kit, app)->max_concurrency = 2 * fleet;
    kit_first(&kit, app)->setup = dist_constant(30);
    if (strategy) {
        kit_deploy(&kit, app, 2000, strategy);
        kit.timeline[0].min_ready = min_ready;
    }
    kit_run(&kit, 42, 0);
    double cost = kit_get(&kit, "cost_usd", "app=A,payer=owner");
    kit_free(&kit);
    return cost;
}

// A deploy of the same revision, of an app that nobody calls, costs what its strategy says and not
// a micro-dollar more: the setups of the runners that it starts before the old ones go (R1, R2,
// R5).
static void a_deploy_of_the_same_costs_its_surge(void **state)
{
    (void)state;
    for (uint32_t fleet = 1; fleet <= 4; fleet++) {
        double before = fleet_costs(fleet, NULL, 0), setup = 30 * 0.99 / 3600;
        kit_near(fleet_costs(fleet, "recreate", 1), before, 1e-9, "recreate");
        kit_near(fleet_costs(fleet, "k8s_recreate", 1), before, 1e-9, "k8s_recreate");
        kit_near(fleet_costs(fleet, "blue_green", 1), before + fleet * setup, 1e-9, "blue_green");
        for (uint32_t ready = 1; ready <= fleet; ready++)
            kit_near(fleet_costs(fleet, "rolling", ready), before + ready * setup, 1e-9, "rolling");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_proportional_to_the_price),
        cmocka_unit_test(a_runner_more_never_hurts),
        cmocka_unit_test(room_that_nobody_needs_changes_nothing),
        cmocka_unit_test(neighbours_without_shared_machines_do_not_matter),
        cmocka_unit_test(a_deploy_of_the_same_costs_its_surge),
    };
    return cmocka_run_group_tests_name("comparisons", tests, NULL, NULL);
}
