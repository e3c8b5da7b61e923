#include "tests/bench/probe.h"

#include "bench/input/policies.c"

static void names_stand_in_the_order_of_the_tables(void **state)
{
    (void)state;
    struct probe p = probe_open();
    const char *const *scalers = policies_autoscaler(p.arena),
                      *const *rollouts = policies_rollout(p.arena),
                      *const *dispatchers = policies_dispatch(p.arena);
    for (size_t i = 0; autoscaler_policies[i]; i++)
        assert_string_equal(scalers[i], autoscaler_policies[i]->name);
    for (size_t i = 0; rollout_policies[i]; i++)
        assert_string_equal(rollouts[i], rollout_policies[i]->name);
    for (size_t i = 0; i < DISPATCH_POLICIES; i++)
        assert_string_equal(dispatchers[i], dispatch_policies[i].name);
    assert_null(dispatchers[DISPATCH_POLICIES]);
    probe_close(&p);
}

// What a scenario gets that says nothing: index 0 of both tables, and the seed's strategy.
static void the_defaults_are_there(void **state)
{
    (void)state;
    struct probe p = probe_open();
    assert_string_equal(policies_autoscaler(p.arena)[0], "fal");
    assert_string_equal(policies_dispatch(p.arena)[0], "round_robin");
    bool recreate = false, rolling = false;
    for (const char *const *name = policies_rollout(p.arena); *name; name++) {
        recreate = recreate || strcmp(*name, "recreate") == 0;
        rolling = rolling || strcmp(*name, "rolling") == 0;
    }
    assert_true(recreate && rolling);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_stand_in_the_order_of_the_tables),
        cmocka_unit_test(the_defaults_are_there),
    };
    return cmocka_run_group_tests_name("policies", tests, NULL, NULL);
}
