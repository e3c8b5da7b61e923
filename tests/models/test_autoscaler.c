#include "models/autoscaler.c"

#include "tests/kit.h"

static void policies_are_listed_once_with_a_name_and_a_help(void **state)
{
    (void)state;
    size_t count = 0;
    for (; autoscaler_policies[count]; count++) {
        const struct autoscaler_policy *policy = autoscaler_policies[count];
        assert_true(policy->name && policy->name[0]);
        assert_true(policy->help && strstr(policy->help, "(A"));
        assert_true(policy->decide != NULL);
        for (size_t other = 0; other < count; other++)
            assert_string_not_equal(policy->name, autoscaler_policies[other]->name);
    }
    assert_int_equal(count, 5);
}

static void the_default_is_the_platforms_own(void **state)
{
    (void)state;
    assert_string_equal(autoscaler_policies[0]->name, "fal"); // A1; a zeroed app has index 0
}

// No policy may ask for more than max_concurrency, whatever it sees (A1, A3).
static void targets_stay_below_the_ceiling(void **state)
{
    (void)state;
    struct app_config app;
    kit_defaults(knative_params, &app);
    for (size_t p = 0; autoscaler_policies[p]; p++)
        for (uint32_t most = 1; most < 100; most = 3 * most + 1)
            for (uint32_t load = 0; load < 400; load += 7) {
                struct scaling_config s = {.min_concurrency = load % 5,
                                           .max_concurrency = most,
                                           .concurrency_buffer = load % 11,
                                           .concurrency_buffer_perc = load % 90};
                void *memory = calloc(1, autoscaler_policies[p]->state_size + 1);
                struct autoscaler_view view = {.scaling = &s,
                                               .app = &app,
                                               .state = memory,
                                               .ready = load % 17,
                                               .foreseen = load,
                                               .max_multiplexing = 1 + load % 3,
                                               .queued = load,
                                               .overdue = load / 2,
                                               .in_flight = load / 3};
                assert_true(autoscaler_policies[p]->decide(&view).target <= most);
                free(memory);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(policies_are_listed_once_with_a_name_and_a_help),
        cmocka_unit_test(the_default_is_the_platforms_own),
        cmocka_unit_test(targets_stay_below_the_ceiling),
    };
    return cmocka_run_group_tests_name("autoscaler", tests, NULL, NULL);
}
