#include "models/uptime.c"

#include "tests/kit.h"

static struct arena *arena;

static struct uptime start(uint32_t users, double cutoff_s)
{
    struct uptime u;
    arena = arena_create(1 << 22);
    uptime_create(&u, arena, users, sim_from_seconds(cutoff_s));
    return u;
}

static double ratio_of(const struct uptime *u)
{
    return (double)u->up_ns / (double)(u->up_ns + u->down_ns);
}

static void answer(struct uptime *u, double at_s, uint32_t user, bool good)
{
    uptime_answer(u, sim_from_seconds(at_s), user, good);
}

static void expect(struct uptime *u, double until_s, double up_s, double down_s)
{
    uptime_advance(u, sim_from_seconds(until_s));
    kit_near(sim_wide_seconds(u->up_ns), up_s, 0, "up");
    kit_near(sim_wide_seconds(u->down_ns), down_s, 0, "down");
    arena_destroy(arena);
}

// Method B4, user A: ok at 0, failures at 10 and 20, ok at 30, to 40.
static void a_gap_takes_the_colour_of_the_earlier_answer(void **state)
{
    (void)state;
    struct uptime u = start(1, 30);
    answer(&u, 0, 0, true);
    answer(&u, 10, 0, false);
    answer(&u, 20, 0, false);
    answer(&u, 30, 0, true);
    uptime_advance(&u, 40 * SIM_SECOND);
    kit_near(ratio_of(&u), 0.5, 1e-15, "user uptime");
    expect(&u, 40, 20, 20);
}

// Method B4, user B: ok at 0 and 100, to 130, inactive after 30 s: up 60, down 0, inactive 70.
static void a_silent_user_is_inactive(void **state)
{
    (void)state;
    struct uptime u = start(1, 30);
    answer(&u, 0, 0, true);
    answer(&u, 100, 0, true);
    expect(&u, 130, 60, 0);
}

// Every user's time counts the same, however many requests it makes.  One at 0, 1, ..., 59, all ok;
// another with one failure at 0, which lasts to its next answer at 60.
static void users_count_by_time_and_not_by_requests(void **state)
{
    (void)state;
    struct uptime u = start(3, 1000);
    for (int i = 0; i < 60; i++)
        answer(&u, i, 0, true);
    kit_near(ratio_of(&u), 1, 0, "one user, up");
    arena_destroy(arena);
    u = start(3, 1000);
    answer(&u, 0, 1, false);
    for (int i = 0; i < 60; i++)
        answer(&u, i, 0, true);
    answer(&u, 60, 1, true);
    uptime_advance(&u, 120 * SIM_SECOND);
    kit_near(ratio_of(&u), 180 / 240.0, 1e-15, "two users");
    kit_near(uptime_mcr(&u, 0), 0.5, 1e-15, "the worst minute");
    assert_true(isnan(uptime_mcr(&u, 1))); // no five minutes have passed
    expect(&u, 120, 180, 60);
}

// One user, an answer each minute, an hour.  Six bad minutes in a row, or every ten minutes one.
static double mcr(int (*bad)(int minute), uint32_t window)
{
    struct uptime u = start(1, 3600);
    for (int i = 0; i < 60; i++)
        answer(&u, 60.0 * i, 0, !bad(i));
    uptime_advance(&u, 3600 * SIM_SECOND);
    double ratio = uptime_mcr(&u, window);
    arena_destroy(arena);
    return ratio;
}

static int in_a_row(int minute)
{
    return minute >= 20 && minute < 26;
}

static int scattered(int minute)
{
    return minute % 10 == 0;
}

static void the_worst_window_tells_one_long_outage_from_many_short_ones(void **state)
{
    (void)state;
    kit_near(mcr(in_a_row, 0), 0, 0, "1 m");
    kit_near(mcr(in_a_row, 1), 0, 0, "5 m");
    kit_near(mcr(in_a_row, 2), 0.9, 1e-15, "1 h");
    kit_near(mcr(scattered, 0), 0, 0, "1 m");
    kit_near(mcr(scattered, 1), 0.8, 1e-15, "5 m");
    kit_near(mcr(scattered, 2), 0.9, 1e-15, "1 h");
    assert_true(isnan(mcr(scattered, 3)));
}

// The warm-up forgets time, but who was down still is, and goes inactive when it would have.
static void the_warm_up_keeps_who_is_down(void **state)
{
    (void)state;
    struct uptime u = start(2, 100);
    answer(&u, 0, 0, false);
    answer(&u, 30, 1, true);
    uptime_reset(&u, 50 * SIM_SECOND);
    expect(&u, 200, 80, 50);
}

// A request of `user` at at_s: served at once if `good`, else refused.
static void call(struct kit *kit, double at_s, const char *name, bool good)
{
    struct traffic_config *t = kit_call(kit, 0, at_s, 0.25);
    t->name = name;
    t->path = PATH_DIRECT;
    t->caller = good ? 0 : 2;
}

// In the model: an answer counts when it is seen.  Private, so that the anonymous caller's requests
// are not valid and tell nothing; the runner starts at 10 and takes 5 s, the answer comes at 15.25.
static void the_model_counts_answers(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    kit_app(&kit, "A");
    kit_first(&kit, 0)->setup = dist_constant(5);
    kit.config.downtime.measured = true;
    call(&kit, 5, "x", false);
    call(&kit, 10, "y", true);
    kit_call(&kit, 0, 40, 1)->start_timeout = 0; // refused only when no runner is there
    kit_scaling(&kit, 0)->keep_alive = 0;
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    // The owner: up from 15.25 to 40, down to the end.
    kit_is(&kit, "user_uptime", "app=A", (40 - 15.25) / (100 - 15.25));
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_takes_the_colour_of_the_earlier_answer),
        cmocka_unit_test(a_silent_user_is_inactive),
        cmocka_unit_test(users_count_by_time_and_not_by_requests),
        cmocka_unit_test(the_worst_window_tells_one_long_outage_from_many_short_ones),
        cmocka_unit_test(the_warm_up_keeps_who_is_down),
        cmocka_unit_test(the_model_counts_answers),
    };
    return cmocka_run_group_tests_name("uptime", tests, NULL, NULL);
}
