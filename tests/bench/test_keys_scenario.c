#include "tests/bench/key_cases.h"

#include "bench/input/keys_scenario.c"

static void the_reader_keeps_what_the_rows_say(void **state)
{
    (void)state;
    static const struct keys *const kinds[] = {&keys_scenario,
                                               &keys_replications,
                                               &keys_until,
                                               &keys_expectation,
                                               &keys_machine,
                                               &keys_surge,
                                               &keys_platform,
                                               &keys_limits,
                                               &keys_caller,
                                               &keys_selection,
                                               NULL};
    key_rows_are_kept(kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_keeps_what_the_rows_say),
    };
    return cmocka_run_group_tests_name("keys_scenario", tests, NULL, NULL);
}
