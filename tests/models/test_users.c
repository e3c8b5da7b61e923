#include "models/users.c"

#include "tests/kit_log.h"

// `users` users with these times to think, and one runner that is always on.
static struct kit closed(uint32_t users, struct dist think, struct dist service)
{
    struct kit kit = kit_new(30);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    struct traffic_config *t = kit_traffic(&kit, app, service);
    t->kind = ARRIVAL_CLOSED_LOOP;
    t->users = users;
    t->think = think;
    return kit;
}

static void expect_begins(struct kit *kit, const char *wanted)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_times(&log, "request", "begins"), wanted);
    kit_log_free(&log);
    kit->trace = NULL;
}

// T1: thinks 3 s, is served for 4 s, and so on.
static void a_user_thinks_submits_and_waits(void **state)
{
    (void)state;
    struct kit kit = closed(1, dist_constant(3), dist_constant(4));
    expect_begins(&kit, "3 10 17 24");
    kit.traffic[0].from = 2 * SIM_SECOND;
    kit.traffic[0].until = 19 * SIM_SECOND;
    expect_begins(&kit, "5 12");
    kit_free(&kit);
}

// T1: both submit at 3 s; one is served to 7, the other one to 11 s; from then on they take turns.
static void users_wait_for_their_own_request(void **state)
{
    (void)state;
    struct kit kit = closed(2, dist_constant(3), dist_constant(4));
    expect_begins(&kit, "3 7 11 15 19 23 27");
    kit_is(&kit, "arrivals", "app=A", 7);
    kit_free(&kit);
}

// T1: a rejected request is an end as well: the second user thinks 3 s and comes again.
static void a_refusal_sends_the_user_back_to_thinking(void **state)
{
    (void)state;
    struct kit kit = closed(2, dist_constant(3), dist_constant(4));
    kit.config.horizon = 10 * SIM_SECOND;
    kit.apps[0].max_queue_length = 0;
    expect_begins(&kit, "3 9"); // tries at 3 and 6 are refused, the one at 9 is first
    kit_is(&kit, "requests", "app=A,outcome=rejected", 2);
    kit_free(&kit);
}

// Q6: so is giving up, though the work goes on: 3 + 1 s, think, 7 s: served when the runner is
// free.
static void a_user_who_gives_up_thinks_at_once(void **state)
{
    (void)state;
    struct kit kit = closed(1, dist_constant(3), dist_constant(10));
    kit.traffic[0].has_cancel_after = true;
    kit.traffic[0].cancel_after = dist_constant(1);
    kit.config.horizon = 9 * SIM_SECOND;
    expect_begins(&kit, "3");
    kit_is(&kit, "arrivals", "app=A", 2);
    kit_is(&kit, "requests", "app=A,outcome=cancelled", 2);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 6);
    kit_free(&kit);
}

// O2: a user's turns are its own: more users leave the numbers of the first one as they were.
static void the_numbers_of_a_user_are_its_own(void **state)
{
    (void)state;
    assert_true(number_of(0, 5) == 5 && number_of(3, 5) == (UINT64_C(3) << 32 | 5));
    struct dist think = {.kind = DIST_EXPONENTIAL, .a = 3};
    double first[2];
    for (uint32_t i = 0; i < 2; i++) {
        struct kit kit = closed(1 + i, think, dist_constant(1));
        struct model *m = kit_create(&kit, 9, 0);
        first[i] = dist_draw(&think, &m->sources[0].arrival, number_of(0, 4));
        kit_drop(&kit);
    }
    assert_true(first[0] == first[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_user_thinks_submits_and_waits),
        cmocka_unit_test(users_wait_for_their_own_request),
        cmocka_unit_test(a_refusal_sends_the_user_back_to_thinking),
        cmocka_unit_test(a_user_who_gives_up_thinks_at_once),
        cmocka_unit_test(the_numbers_of_a_user_are_its_own),
    };
    return cmocka_run_group_tests_name("users", tests, NULL, NULL);
}
