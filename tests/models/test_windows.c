#include "models/windows.c"

#include "tests/kit.h"

// The worst share of each window over `slots` slots with one amount each, bad where the text has an
// x (method B4: 60 one-minute slots).
static void expect_worst(const char *slots, const double *wanted)
{
    static const uint32_t lengths[] = {1, 2, 6, 12, 30, 60};
    enum { COUNT = sizeof lengths / sizeof *lengths };
    struct arena *arena = arena_create(1 << 20);
    struct windows w;
    double worst[COUNT] = {0};
    windows_create(&w, arena, lengths, COUNT);
    for (const char *s = slots; *s; s++) {
        windows_close(&w, (struct window_slot){.bad = *s == 'x', .all = 1});
        for (uint32_t i = 0; i < COUNT; i++)
            worst[i] = fmax(worst[i], windows_ratio(&w, i));
    }
    for (uint32_t i = 0; i < COUNT; i++)
        kit_near(1 - worst[i], wanted[i], 1e-12, "uptime of the worst window");
    arena_destroy(arena);
}

// Two ways to lose six minutes of an hour; only the windows tell them apart.
static void one_long_outage_and_six_short_ones(void **state)
{
    (void)state;
    expect_worst("....................xxxxxx..................................",
                 (const double[]){0, 0, 0, 0.5, 0.8, 0.9});
    expect_worst("x.........x.........x.........x.........x.........x.........",
                 (const double[]){0, 0.5, 5 / 6.0, 10 / 12.0, 0.9, 0.9});
}

static void a_window_is_judged_when_it_is_full(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct windows w;
    windows_create(&w, arena, (const uint32_t[]){2, 4}, 2);
    windows_close(&w, (struct window_slot){3, 4});
    assert_true(isnan(windows_ratio(&w, 0)));
    kit_near(windows_ratio_before(&w, 0), 0.75 / 2, 1e-15, "half of it is known");
    kit_near(windows_ratio_before(&w, 1), 0.75 / 4, 1e-15, "a quarter of it is known");
    windows_close(&w, (struct window_slot){0, 4});
    kit_near(windows_ratio(&w, 0), 3 / 8.0, 1e-15, "full");
    kit_near(windows_ratio_before(&w, 0), 3 / 8.0, 1e-15, "full");
    windows_close(&w, (struct window_slot){0, 0});
    windows_close(&w, (struct window_slot){0, 0});
    assert_true(isnan(windows_ratio(&w, 0))); // nothing in it
    kit_near(windows_ratio(&w, 1), 3 / 8.0, 1e-15, "still there");
    windows_close(&w, (struct window_slot){1, 1});
    kit_near(windows_ratio(&w, 1), 1 / 5.0, 1e-15, "the first slot has left");
    windows_reset(&w);
    windows_close(&w, (struct window_slot){0, 1});
    assert_true(isnan(windows_ratio(&w, 0)));
    kit_near(windows_ratio_before(&w, 1), 0, 0, "forgotten");
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_long_outage_and_six_short_ones),
        cmocka_unit_test(a_window_is_judged_when_it_is_full),
    };
    return cmocka_run_group_tests_name("windows", tests, NULL, NULL);
}
