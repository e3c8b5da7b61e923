#include "models/autoscaler_fal.c"

#include "tests/kit.h"

struct row {
    const char *why;
    uint32_t min, max, buffer;
    double perc;
    uint32_t multiplexing;
    uint32_t load; // the half of it overdue, the rest in flight
    uint32_t target;
};

static uint32_t target_of(const struct row *row)
{
    struct scaling_config s = {.min_concurrency = row->min,
                               .max_concurrency = row->max,
                               .concurrency_buffer = row->buffer,
                               .concurrency_buffer_perc = row->perc};
    struct autoscaler_view view = {.scaling = &s,
                                   .max_multiplexing = row->multiplexing,
                                   .queued = row->load / 2,
                                   .overdue = row->load / 2,
                                   .in_flight = row->load - row->load / 2};
    return target(&view);
}

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (target_of(&rows[i]) != rows[i].target)
            fail_msg("%s, load %u: wanted %u, got %u", rows[i].why, rows[i].load, rows[i].target,
                     target_of(&rows[i]));
}

// A1: the settings of the platform's own example plots, (min, buffer, multiplexing, max).
static void published_examples_come_out(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"(1, 1, 1, 10)", 1, 10, 1, 0, 1, 0, 1},   {"(1, 1, 1, 10)", 1, 10, 1, 0, 1, 1, 2},
        {"(1, 1, 1, 10)", 1, 10, 1, 0, 1, 5, 6},   {"(1, 1, 1, 10)", 1, 10, 1, 0, 1, 9, 10},
        {"(1, 1, 1, 10)", 1, 10, 1, 0, 1, 10, 10}, {"(3, 2, 1, 10)", 3, 10, 2, 0, 1, 0, 3},
        {"(3, 2, 1, 10)", 3, 10, 2, 0, 1, 1, 3},   {"(3, 2, 1, 10)", 3, 10, 2, 0, 1, 2, 4},
        {"(3, 2, 1, 10)", 3, 10, 2, 0, 1, 8, 10},  {"(3, 2, 1, 10)", 3, 10, 2, 0, 1, 9, 10},
        {"(0, 2, 4, 6)", 0, 6, 2, 0, 4, 0, 2},     {"(0, 2, 4, 6)", 0, 6, 2, 0, 4, 1, 3},
        {"(0, 2, 4, 6)", 0, 6, 2, 0, 4, 4, 3},     {"(0, 2, 4, 6)", 0, 6, 2, 0, 4, 5, 4},
        {"(0, 2, 4, 6)", 0, 6, 2, 0, 4, 8, 4},     {"(0, 2, 4, 6)", 0, 6, 2, 0, 4, 17, 6},
    };
    check(rows, sizeof rows / sizeof *rows);
}

// A1, A2: the corners of the formula.
static void target_follows_the_formula(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"nothing asked, nothing kept", 0, 10, 0, 0, 1, 0, 0},
        {"one runner for each request", 0, 10, 0, 0, 1, 7, 7},
        {"the default ceiling is 2", 0, 2, 0, 0, 1, 3, 2},
        {"floor above the need", 5, 10, 0, 0, 1, 3, 5},
        {"floor above the ceiling gives way", 9, 4, 0, 0, 1, 0, 4},
        {"multiplexing rounds the need up", 0, 99, 0, 0, 4, 9, 3},
        {"a full runner needs no second", 0, 99, 0, 0, 4, 8, 2},
        {"no percentage of nothing", 0, 99, 0, 50, 1, 0, 0},
        {"percentage is of the load, up", 0, 99, 1, 20, 1, 11, 14},
        {"the larger buffer counts", 0, 99, 5, 20, 1, 11, 16},
        {"percentage buys runners, not slots", 0, 99, 0, 50, 4, 8, 3},
        {"an exact percentage is not rounded up", 0, 99, 0, 10, 1, 10, 11},
        {"large counts do not wrap", 0, 7, 0, 0, 1, UINT32_MAX, 7},
        {"large buffers do not wrap", 0, 7, UINT32_MAX, 0, 1, UINT32_MAX, 7},
    };
    check(rows, sizeof rows / sizeof *rows);
}

// A1: only requests older than scaling_delay count; waiting ones that are younger do not.
static void young_requests_are_no_load(void **state)
{
    (void)state;
    struct scaling_config s = {.max_concurrency = 100};
    struct autoscaler_view view = {.scaling = &s,
                                   .max_multiplexing = 1,
                                   .queued = 9,
                                   .overdue = 2,
                                   .in_flight = 3,
                                   .starting = 50,
                                   .ready = 50};
    assert_int_equal(target(&view), 5);
}

static void target_never_falls_when_the_load_rises(void **state)
{
    (void)state;
    uint32_t before = 0;
    for (uint32_t load = 0; load < 3000; load++) {
        struct row row = {"", 2, 500, 3, 15, 4, load, 0};
        uint32_t now = target_of(&row);
        assert_true(now >= before && now >= 3 && now <= 500);
        before = now;
    }
    assert_int_equal(before, 500);
}

static void every_request_may_wait(void **state)
{
    (void)state;
    assert_null(autoscaler_fal.may_wait);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples_come_out),
        cmocka_unit_test(target_follows_the_formula),
        cmocka_unit_test(young_requests_are_no_load),
        cmocka_unit_test(target_never_falls_when_the_load_rises),
        cmocka_unit_test(every_request_may_wait),
    };
    return cmocka_run_group_tests_name("autoscaler_fal", tests, NULL, NULL);
}
