#include "models/autoscaler_oracle.c"

#include "tests/kit.h"

// A3: the most of what is foreseen, what the moment needs and the floor, up to the ceiling; no
// buffer.
static void the_most_of_future_present_and_floor(void **state)
{
    (void)state;
    static const struct {
        uint32_t foreseen, in_flight, queued, multiplexing, min, max, target;
    } rows[] = {
        {0, 0, 0, 1, 0, 9, 0}, {3, 0, 0, 1, 0, 9, 3},
        {3, 2, 2, 1, 0, 9, 4}, {3, 2, 2, 2, 0, 9, 3},
        {0, 7, 2, 4, 0, 9, 3}, {3, 0, 0, 1, 5, 9, 5},
        {7, 8, 8, 1, 2, 4, 4}, {0, UINT32_MAX, UINT32_MAX, 1, 0, 9, 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scaling_config s = {.min_concurrency = rows[i].min,
                                   .max_concurrency = rows[i].max,
                                   .concurrency_buffer = 100,
                                   .concurrency_buffer_perc = 100};
        struct autoscaler_view view = {.scaling = &s,
                                       .max_multiplexing = rows[i].multiplexing,
                                       .foreseen = rows[i].foreseen,
                                       .in_flight = rows[i].in_flight,
                                       .queued = rows[i].queued};
        struct autoscaler_decision d = decide(&view);
        assert_int_equal(d.target, rows[i].target);
        assert_true(d.ask_again == 0 && d.expire_idle);
        assert_false(d.call_off_starts || d.stop_idle || d.drain_busy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_of_future_present_and_floor),
    };
    return cmocka_run_group_tests_name("autoscaler_oracle", tests, NULL, NULL);
}
