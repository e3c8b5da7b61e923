#include "models/runner.c"

#include "tests/kit_log.h"

// P1: the moves of domain 1.2, and those of a start that fails or is called off.
static void moves_are_those_of_the_platform(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
    } legal[] = {
        {"TERMINATED", "PENDING"},
        {"TERMINATED", "CRASH_BACKOFF"},
        {"CRASH_BACKOFF", "PENDING"},
        {"PENDING", "DOCKER_PULL"},
        {"PENDING", "SETUP"},
        {"DOCKER_PULL", "SETUP"},
        {"SETUP", "IDLE"},
        {"IDLE", "RUNNING"},
        {"RUNNING", "IDLE"},
        {"RUNNING", "DRAINING"},
        {"IDLE", "DRAINING"},
        {"RUNNING", "TERMINATING"},
        {"IDLE", "TERMINATING"},
        {"IDLE", "TERMINATED"},
        {"DRAINING", "TERMINATING"},
        {"TERMINATING", "TERMINATED"},
        {"CRASH_BACKOFF", "TERMINATED"},
        {"PENDING", "TERMINATED"},
        {"DOCKER_PULL", "TERMINATED"},
        {"SETUP", "TERMINATED"},
    };
    for (int from = 0; from < RUNNER_STATES; from++)
        for (int to = 0; to < RUNNER_STATES; to++) {
            bool wanted = false;
            for (size_t i = 0; i < sizeof legal / sizeof *legal; i++)
                wanted |= strcmp(legal[i].from, runner_states[from].name) == 0 &&
                          strcmp(legal[i].to, runner_states[to].name) == 0;
            bool may = runner_states[from].moves & 1u << to;
            if (may != wanted)
                fail_msg("%s -> %s", runner_states[from].name, runner_states[to].name);
        }
}

// P2.
static void setup_to_teardown_is_billed(void **state)
{
    (void)state;
    static const char *const billed[] = {"SETUP", "IDLE", "RUNNING", "DRAINING", "TERMINATING"};
    size_t count = 0;
    for (int s = 0; s < RUNNER_STATES; s++) {
        bool wanted = false;
        for (size_t i = 0; i < sizeof billed / sizeof *billed; i++)
            wanted |= strcmp(billed[i], runner_states[s].name) == 0;
        assert_int_equal(runner_is_billed((enum runner_state)s), wanted);
        count += runner_is_billed((enum runner_state)s);
    }
    assert_int_equal(count, sizeof billed / sizeof *billed);
}

static void names_are_complete(void **state)
{
    (void)state;
    assert_null(machine_use_names[MACHINE_USES]);
    assert_null(stop_reason_names[STOP_REASONS]);
    for (int i = 0; i < MACHINE_USES; i++)
        assert_non_null(machine_use_names[i]);
    assert_null(stop_reason_help[STOP_REASONS]);
    for (int i = 0; i < STOP_REASONS; i++)
        assert_true(stop_reason_names[i] && stop_reason_help[i]);
    for (int i = 0; i < RUNNER_STATES; i++)
        assert_non_null(runner_states[i].help);
    assert_string_equal(stop_reason_names[STOP_REQUEST], "request");
}

// Times 2, 3 and 5 s to get hardware, pull the image and set up; one call at 10 s that works for 4
// s.
static struct kit cold_call(void)
{
    struct kit kit = kit_new(200);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    kit.machines[0].pending = dist_constant(2);
    r->image_cached = 0;
    r->docker_pull = dist_constant(3);
    r->setup = dist_constant(5);
    kit_call(&kit, app, 10, 4);
    return kit;
}

// P1, P3, P4: the whole life of a runner.
static void a_cold_call_walks_through_every_stage(void **state)
{
    (void)state;
    struct kit kit = cold_call();
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_states(&log, 0), "PENDING@10 DOCKER_PULL@12 SETUP@15 IDLE@20 "
                                             "RUNNING@20 IDLE@24 TERMINATED@84");
    kit_is(&kit, "wait_mean_s", "app=A", 10);
    kit_is(&kit, "response_mean_s", "app=A", 14);
    kit_is(&kit, "cold_start_mean_s", "app=A", 10);
    kit_is(&kit, "cold_start_ratio", "app=A", 1);
    kit_is(&kit, "runner_life_mean_s", "app=A", 74);
    kit_log_free(&log);
    kit_free(&kit);
}

// P2, C5: the seconds in every state, and the money for 5 + 4 + 60 of them at 0.99 USD/h.
static void meters_show_the_same_life(void **state)
{
    (void)state;
    struct kit kit = cold_call();
    kit_run(&kit, 1, 0);
    static const struct {
        const char *labels;
        double s;
    } rows[] = {
        {"app=A,state=CRASH_BACKOFF", 0}, {"app=A,state=PENDING", 2},
        {"app=A,state=DOCKER_PULL", 3},   {"app=A,state=SETUP", 5},
        {"app=A,state=IDLE", 60},         {"app=A,state=RUNNING", 4},
        {"app=A,state=DRAINING", 0},      {"app=A,state=TERMINATING", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        kit_is(&kit, "runners_mean", rows[i].labels, rows[i].s / 200);
    kit_is(&kit, "billed_s", "app=A,state=SETUP", 5);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 60);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 4);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 69 * .99 / 3600);
    kit_is(&kit, "billed_busy_ratio", "app=A", 4. / 69);
    kit_is(&kit, "no_runner_time_s", "app=A", 200 - 64);
    kit_is(&kit, "unserved_time_s", "app=A", 10);
    kit_free(&kit);
}

// P3: a cached image leaves DOCKER_PULL out.
static void a_cached_image_is_not_pulled(void **state)
{
    (void)state;
    struct kit kit = cold_call();
    kit_first(&kit, 0)->image_cached = 1;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_states(&log, 0),
                        "PENDING@10 SETUP@12 IDLE@17 RUNNING@17 IDLE@21 TERMINATED@81");
    kit_log_free(&log);
    kit_free(&kit);
}

// Both revisions serve while the old one, told to wait, ends its long request: from the new one's
// first request at 100 s, which works for 30 s, to its end at 130 s.
static void mixed_versions_are_counted_while_two_revisions_serve(void **state)
{
    (void)state;
    struct kit kit = kit_new(400);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->drain = DRAIN_WAIT;
    kit_call(&kit, app, 10, 200);
    kit_call(&kit, app, 100, 30);
    kit_deploy(&kit, app, 50, "recreate");
    kit_run(&kit, 1, 0);
    kit_is(&kit, "mixed_version_time_s", "app=A", 30);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_call(&kit, app, 150, 20); // a second time, from 150 to 170
    kit_run(&kit, 1, 0);
    kit_is(&kit, "mixed_version_time_s", "app=A", 30 + 20);
    kit.config.horizon = sim_from_seconds(165); // and cut off in the middle of it
    kit_run(&kit, 1, 0);
    kit_is(&kit, "mixed_version_time_s", "app=A", 30 + 15);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_are_those_of_the_platform),
        cmocka_unit_test(setup_to_teardown_is_billed),
        cmocka_unit_test(names_are_complete),
        cmocka_unit_test(a_cold_call_walks_through_every_stage),
        cmocka_unit_test(meters_show_the_same_life),
        cmocka_unit_test(a_cached_image_is_not_pulled),
        cmocka_unit_test(mixed_versions_are_counted_while_two_revisions_serve),
    };
    return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}
