#include "models/rollout_recreate.c"

#include "tests/kit.h"

// R1: whatever there is, the alias moves, the old ones go, and nothing is started.
static void it_switches_at_once_and_starts_nothing(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 64; i++) {
        struct rollout_view view = {.min_ready = 1 + i % 2,
                                    .new_starting = i / 2 % 2,
                                    .new_ready = i / 4 % 2,
                                    .new_failed = i / 8 % 2,
                                    .old_ready = i / 16};
        struct rollout_decision d = decide(&view);
        assert_true(d.switch_alias && d.drain_old && d.over && !d.abort);
        assert_int_equal(d.start_new, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_switches_at_once_and_starts_nothing),
    };
    return cmocka_run_group_tests_name("rollout_recreate", tests, NULL, NULL);
}
