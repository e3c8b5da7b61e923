#include "models/traffic.c"

#include "tests/kit.h"

static struct kit batches(enum batch_kind kind, double size)
{
    struct kit kit = kit_new(10000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    struct traffic_config *t = kit_renewal(&kit, app, dist_constant(10), dist_constant(2));
    t->batch = kind;
    t->batch_size = size;
    return kit;
}

// T1: three at once, one runner: they wait 0, 2 and 4 s.
static void requests_of_a_batch_come_together(void **state)
{
    (void)state;
    struct kit kit = batches(BATCH_CONSTANT, 3);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "arrivals", "app=A", 3 * 999);
    kit_is(&kit, "requests", "app=A,outcome=ok", 3 * 999);
    kit_is(&kit, "wait_mean_s", "app=A", 2);
    kit_free(&kit);
    kit = batches(BATCH_NONE, 3); // a size alone makes no batch
    kit_run(&kit, 1, 0);
    kit_is(&kit, "arrivals", "app=A", 999);
    kit_free(&kit);
}

// T1: sizes 1, 2, ... with mean 3, so with variance 6; 999 of them, seed 4: five standard errors
// are 0.39.
static void geometric_sizes_have_their_mean(void **state)
{
    (void)state;
    struct kit kit = batches(BATCH_GEOMETRIC, 3);
    kit_run(&kit, 4, 0);
    kit_near(kit_get(&kit, "arrivals", "app=A") / 999, 3, 0.39, "mean size");
    kit_free(&kit);
    kit = batches(BATCH_GEOMETRIC, 1);
    kit_run(&kit, 4, 0);
    kit_is(&kit, "arrivals", "app=A", 999);
    kit_free(&kit);
}

// O2: batches leave the instants of arrival where they are.
static void instants_do_not_depend_on_sizes(void **state)
{
    (void)state;
    double last[2];
    for (int i = 0; i < 2; i++) {
        struct kit kit = batches(i ? BATCH_GEOMETRIC : BATCH_NONE, 3);
        kit.traffic[0].interarrival = (struct dist){.kind = DIST_EXPONENTIAL, .a = 10};
        struct model *m = kit_create(&kit, 9, 0);
        model_run(m);
        last[i] = (double)m->sources[0].clock;
        kit_drop(&kit);
    }
    assert_true(last[0] == last[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_of_a_batch_come_together),
        cmocka_unit_test(geometric_sizes_have_their_mean),
        cmocka_unit_test(instants_do_not_depend_on_sizes),
    };
    return cmocka_run_group_tests_name("traffic_batch", tests, NULL, NULL);
}
