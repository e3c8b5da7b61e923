#include "models/rollout.c"

#include "tests/kit.h"

static void strategies_are_listed_once_with_a_name_and_a_help(void **state)
{
    (void)state;
    size_t count = 0;
    for (; rollout_policies[count]; count++) {
        const struct rollout_policy *policy = rollout_policies[count];
        assert_true(policy->name && policy->help && policy->decide);
        assert_non_null(strstr(policy->help, "(R"));
        for (size_t other = 0; other < count; other++)
            assert_string_not_equal(policy->name, rollout_policies[other]->name);
    }
    assert_int_equal(count, 6);
}

// A zeroed deploy, as the platform's wire format, is a recreate.
static void the_first_is_recreate(void **state)
{
    (void)state;
    assert_string_equal(rollout_policies[0]->name, "recreate");
}

// Nothing hangs and nothing is lost (R6): whatever a strategy sees, it never gives up the old
// revision without having switched, and never both switches and aborts.
static void decisions_are_consistent_for_any_view(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 3 * 4 * 4 * 2 * 3; i++) {
        struct rollout_view view = {.min_ready = 1 + i % 3,
                                    .new_starting = i / 3 % 4,
                                    .new_ready = i / 12 % 4,
                                    .new_failed = i / 48 % 2,
                                    .old_ready = i / 96 % 3};
        for (size_t p = 0; rollout_policies[p]; p++) {
            struct rollout_decision d = rollout_policies[p]->decide(&view);
            assert_false(d.abort && d.switch_alias);
            assert_true(!d.drain_old || d.switch_alias);
            assert_true(!d.abort || d.over);
            assert_true(!d.over || d.abort || d.switch_alias);
            assert_true(!d.over || d.start_new == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strategies_are_listed_once_with_a_name_and_a_help),
        cmocka_unit_test(the_first_is_recreate),
        cmocka_unit_test(decisions_are_consistent_for_any_view),
    };
    return cmocka_run_group_tests_name("rollout", tests, NULL, NULL);
}
