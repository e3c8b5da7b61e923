#include "tests/bench/key_cases.h"

#include "bench/input/keys_sweep.c"

static void the_reader_keeps_what_the_rows_say(void **state)
{
    (void)state;
    static const struct keys *const kinds[] = {&keys_sweep,   &keys_choice,
                                               &keys_plan,    &keys_minimise,
                                               &keys_promise, &keys_plan_replications,
                                               NULL};
    key_rows_are_kept(kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_keeps_what_the_rows_say),
    };
    return cmocka_run_group_tests_name("keys_sweep", tests, NULL, NULL);
}
