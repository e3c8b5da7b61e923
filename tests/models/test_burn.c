#include "models/burn.c"

#include "tests/kit.h"

static struct arena *arena;

// An objective of 99 %: burn = share of bad requests x 100.
static struct burn start(void)
{
    struct burn b;
    arena = arena_create(1 << 22);
    burn_create(&b, arena, 0.99);
    return b;
}

// Ten requests in the middle of every minute from `from` to `to`, so many of them bad.
static void traffic(struct burn *b, int from, int to, int bad)
{
    for (int minute = from; minute < to; minute++)
        for (int i = 0; i < 10; i++)
            burn_count(b, (minute * 60 + 30) * SIM_SECOND, i < bad);
    burn_advance(b, to * 60 * SIM_SECOND);
}

static double minutes(sim_time t)
{
    return t == SIM_NEVER ? NAN : sim_seconds(t) / 60;
}

// Three days of it, then 12 minutes in which half of the requests fail: 50 times the budget.
// Worst windows: 5 m: 50; 30 m: 12/30 x 50; 1 h: 12/60 x 50; 6 h: 12/360 x 50; 3 d: 12/4320 x 50.
static void the_peak_is_the_worst_window(void **state)
{
    (void)state;
    struct burn b = start();
    traffic(&b, 0, 4320, 0);
    traffic(&b, 4320, 4332, 5);
    traffic(&b, 4332, 4700, 0);
    static const double wanted[] = {50, 20, 10, 600 / 360., 600 / 4320.};
    for (uint32_t i = 0; i < BURN_WINDOWS; i++)
        kit_near(burn_peak(&b, i), wanted[i], 1e-9, "peak burn");
    arena_destroy(arena);
}

// With everything failing (100 times the budget) from minute 4320 on, a window of w minutes burns
// 100 k / w after k of them.  1 h above 14.4: k = 9 (15); 6 h above 6: k = 22 (6.11);
// 3 d above 1: k = 44 (1.0185).  The short windows (5 m, 30 m, 6 h) burn as fast by then.
static void alerts_fire_when_both_windows_burn(void **state)
{
    (void)state;
    struct burn b = start();
    traffic(&b, 0, 4320, 0);
    traffic(&b, 4320, 4320 + 50, 10);
    kit_near(minutes(b.first[0]), 4320 + 9, 0, "14.4 over 1 h");
    kit_near(minutes(b.first[1]), 4320 + 22, 0, "6 over 6 h");
    kit_near(minutes(b.first[2]), 4320 + 44, 0, "1 over 3 d");
    kit_near(minutes(burn_mark(&b, 4370 * 60 * SIM_SECOND)), 4320 + 9, 0, "the first of them");
    assert_true(burn_mark(&b, 4370 * 60 * SIM_SECOND) == SIM_NEVER);
    assert_true(b.firing[0] && b.firing[1] && b.firing[2]);
    traffic(&b, 4370, 4375, 0); // the short window lets the first one go
    assert_true(!b.firing[0] && b.firing[1] && b.firing[2]);
    traffic(&b, 4375, 4385, 10); // and it fires again
    assert_true(minutes(burn_mark(&b, 4385 * 60 * SIM_SECOND)) > 4375);
    kit_near(minutes(b.first[0]), 4320 + 9, 0, "the first time stays");
    // The short window of the second alert is 30 m, that of the third one 6 h.
    traffic(&b, 4385, 4385 + 28, 0);
    assert_true(b.firing[1]);
    traffic(&b, 4413, 4414, 0); // one bad minute in 30: 3.3
    assert_true(!b.firing[1] && b.firing[2]);
    traffic(&b, 4414, 4480, 0); // none in the last hour
    assert_true(b.firing[2]);
    arena_destroy(arena);
}

// A study that begins in minute 0: what was before counts as the same traffic and nothing bad.
static void what_was_before_is_taken_as_good(void **state)
{
    (void)state;
    struct burn b = start();
    traffic(&b, 0, 50, 10);
    kit_near(minutes(b.first[0]), 9, 0, "14.4 over 1 h");
    kit_near(minutes(b.first[1]), 22, 0, "6 over 6 h");
    kit_near(minutes(b.first[2]), 44, 0, "1 over 3 d");
    kit_near(burn_peak(&b, 2), 100 * 50 / 60., 1e-9, "peak of 1 h");
    kit_near(burn_peak(&b, 4), 100 * 50 / 4320., 1e-9, "peak of 3 d");
    arena_destroy(arena);
}

static void no_request_burns_nothing(void **state)
{
    (void)state;
    struct burn b = start();
    burn_advance(&b, 7200 * SIM_SECOND);
    assert_true(isnan(burn_peak(&b, 0)) && b.first[0] == SIM_NEVER);
    traffic(&b, 120, 130, 10);
    assert_true(b.first[0] != SIM_NEVER);
    burn_reset(&b, 7800 * SIM_SECOND); // the warm-up
    assert_true(isnan(burn_peak(&b, 0)) && b.first[0] == SIM_NEVER && !b.firing[0]);
    traffic(&b, 130, 131, 0);
    kit_near(burn_peak(&b, 0), 0, 0, "peak of 5 m");
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_peak_is_the_worst_window),
        cmocka_unit_test(alerts_fire_when_both_windows_burn),
        cmocka_unit_test(what_was_before_is_taken_as_good),
        cmocka_unit_test(no_request_burns_nothing),
    };
    return cmocka_run_group_tests_name("burn", tests, NULL, NULL);
}
