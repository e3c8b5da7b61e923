#include "tests/bench/key_cases.h"

#include "bench/input/keys_timeline.c"

static void the_reader_keeps_what_the_rows_say(void **state)
{
    (void)state;
    static const struct keys *const kinds[] = {
        &keys_event, &keys_deploy,      &keys_canary_step, &keys_scale,    &keys_capacity,
        &keys_flush, &keys_maintenance, &keys_restart,     &keys_rollback, &keys_kill,
        NULL};
    key_rows_are_kept(kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_keeps_what_the_rows_say),
    };
    return cmocka_run_group_tests_name("keys_timeline", tests, NULL, NULL);
}
