#include "tests/bench/key_cases.h"

#include "bench/input/keys_traffic.c"

static void the_reader_keeps_what_the_rows_say(void **state)
{
    (void)state;
    static const struct keys *const kinds[] = {&keys_source,      &keys_poisson,
                                               &keys_piecewise,   &keys_rate_step,
                                               &keys_closed_loop, &keys_batch,
                                               &keys_trace,       &keys_trace_service,
                                               &keys_diurnal,     &keys_flash_crowd,
                                               &keys_mmpp,        &keys_mmpp_state,
                                               &keys_counts,      NULL};
    key_rows_are_kept(kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_keeps_what_the_rows_say),
    };
    return cmocka_run_group_tests_name("keys_traffic", tests, NULL, NULL);
}
