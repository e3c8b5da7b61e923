#include "tests/bench/key_cases.h"

#include "bench/input/keys_app.c"

static void the_reader_keeps_what_the_rows_say(void **state)
{
    (void)state;
    static const struct keys *const kinds[] = {&keys_app,
                                               &keys_docker_pull,
                                               &keys_ladder,
                                               &keys_setup_step,
                                               &keys_health,
                                               &keys_response,
                                               &keys_retry,
                                               &keys_slowdown,
                                               &keys_change,
                                               &keys_change_docker_pull,
                                               &keys_autoscaler,
                                               &keys_plain_policy,
                                               &keys_knative,
                                               &keys_oracle,
                                               NULL};
    key_rows_are_kept(kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_keeps_what_the_rows_say),
    };
    return cmocka_run_group_tests_name("keys_app", tests, NULL, NULL);
}
