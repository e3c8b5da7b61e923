#include "models/autoscaler_fal.c"

#include "tests/kit.h"

// A1, domain 2.2 and 9: the alternative readings of the buffer.
static void readings_differ_as_documented(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        uint32_t mode, of, min, buffer;
        double perc;
        uint32_t multiplexing, load, target;
    } rows[] = {
        {"add: on top of need", BUFFER_ADD, PERC_OF_RUNNERS, 0, 2, 0, 1, 3, 5},
        {"max: the load alone", BUFFER_MAX, PERC_OF_RUNNERS, 0, 2, 0, 1, 3, 3},
        {"max: the buffer alone", BUFFER_MAX, PERC_OF_RUNNERS, 0, 2, 0, 1, 1, 2},
        {"max: the floor still holds", BUFFER_MAX, PERC_OF_RUNNERS, 4, 2, 0, 1, 1, 4},
        {"half of 8 / 4 runners", BUFFER_ADD, PERC_OF_RUNNERS, 0, 0, 50, 4, 8, 3},
        {"half of 8 requests", BUFFER_ADD, PERC_OF_REQUESTS, 0, 0, 50, 4, 8, 6},
        {"half of 8 requests, at most", BUFFER_MAX, PERC_OF_REQUESTS, 0, 0, 50, 4, 8, 4},
        {"no load, no share", BUFFER_MAX, PERC_OF_REQUESTS, 0, 0, 50, 4, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scaling_config s = {.min_concurrency = rows[i].min,
                                   .max_concurrency = 100,
                                   .concurrency_buffer = rows[i].buffer,
                                   .concurrency_buffer_perc = rows[i].perc,
                                   .buffer_mode = rows[i].mode,
                                   .perc_of = rows[i].of};
        struct autoscaler_view view = {
            .scaling = &s, .in_flight = rows[i].load, .max_multiplexing = rows[i].multiplexing};
        if (target(&view) != rows[i].target) fail_msg("%s: %u", rows[i].why, target(&view));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readings_differ_as_documented),
    };
    return cmocka_run_group_tests_name("autoscaler_fal_readings", tests, NULL, NULL);
}
