#include "models/deploy.c"

#include "models/scaler.h"
#include "tests/kit_log.h"

// `runners` of them, always on, with plenty of slots; a new revision that takes cold_start_s to set
// up is deployed at 1000 s.
static struct kit always_on(uint32_t runners, double cold_start_s, const char *strategy)
{
    struct kit kit = kit_new(3600);
    uint32_t app = kit_app(&kit, "A");
    struct scaling_config *s = kit_scaling(&kit, app);
    s->min_concurrency = s->max_concurrency = runners;
    kit_first(&kit, app)->setup = dist_constant(cold_start_s);
    kit_first(&kit, app)->max_multiplexing = 1000;
    kit.apps[app].initial_runners = runners;
    kit_deploy(&kit, app, 1000, strategy);
    return kit;
}

static void ended(const struct kit *kit, const char *rollout, const char *wanted)
{
    for (int i = 0; rollout_end_names[i]; i++) {
        char labels[80];
        snprintf(labels, sizeof labels, "app=A,outcome=%s,rollout=%s", rollout_end_names[i],
                 rollout);
        kit_is(kit, "rollout_outcome", labels, strcmp(rollout_end_names[i], wanted) == 0);
    }
}

static size_t arrivals_between(const struct kit_log *log, double from_s, double to_s)
{
    size_t count = 0;
    for (size_t i = 0; i < log->count; i++)
        count += kit_log_is(&log->rows[i], "arrival", NULL) &&
                 log->rows[i].at >= sim_from_seconds(from_s) &&
                 log->rows[i].at < sim_from_seconds(to_s);
    return count;
}

// R1: deterministic cold start of 90 s, one runner or three: down for exactly 90 s.
static void recreate_is_down_for_exactly_one_cold_start(void **state)
{
    (void)state;
    for (uint32_t runners = 1; runners <= 3; runners += 2) {
        struct kit kit = always_on(runners, 90, "recreate");
        kit_poisson(&kit, 0, 0.5, dist_constant(0.01));
        kit_run(&kit, 1, 0);
        assert_true(kit_get(&kit, "no_runner_time_s", "app=A") == 90);
        kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 0);
        kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 90);
        kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 0);
        kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 0);
        kit_is(&kit, "runner_starts", "app=A", 2 * runners);
        ended(&kit, "1", "completed");
        double unserved = kit_get(&kit, "unserved_time_s", "app=A");
        assert_true(unserved > 75 && unserved <= 90); // it starts with the first request that waits
        kit_is(&kit, "rollout_unserved_s", "app=A,rollout=1", unserved);
        kit_is(&kit, "requests", "app=A,outcome=ok", kit_get(&kit, "arrivals", "app=A"));
        kit_free(&kit);
    }
}

// R2: the new runner is there before the alias moves.
static void rolling_is_never_down(void **state)
{
    (void)state;
    for (uint32_t runners = 1; runners <= 3; runners += 2) {
        struct kit kit = always_on(runners, 90, "rolling");
        kit_poisson(&kit, 0, 0.5, dist_constant(0.01));
        kit_run(&kit, 1, 0);
        assert_true(kit_get(&kit, "no_runner_time_s", "app=A") == 0);
        assert_true(kit_get(&kit, "unserved_time_s", "app=A") == 0);
        kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 90);
        kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 90);
        kit_is(&kit, "rollout_surge_usd", "app=A,rollout=1", 90 * .99 / 3600);
        kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 0);
        // One on top of max_concurrency; at the switch the rest of the floor starts while the old
        // ones go.
        kit_is(&kit, "runners_max", "app=A", runners == 1 ? 2 : 6);
        kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
        ended(&kit, "1", "completed");
        kit_free(&kit);
    }
}

// R1: direct calls that never wait: those that fail are those that arrive in the 90 s.  With 30 s
// of patience: those of the first 60 s.
static void direct_calls_that_fail_are_those_of_the_outage(void **state)
{
    (void)state;
    static const double patience_s[] = {0, 30};
    for (int i = 0; i < 2; i++)
        for (uint32_t replication = 0; replication < 5; replication++) {
            struct kit kit = always_on(1, 90, "recreate");
            struct traffic_config *t = kit_poisson(&kit, 0, .5, dist_constant(.01));
            t->path = PATH_DIRECT;
            t->start_timeout = sim_from_seconds(patience_s[i]);
            struct kit_log log;
            kit_log_start(&kit, &log);
            kit_run(&kit, 1, replication);
            double failed = kit_get(&kit, "requests", "app=A,outcome=start_timeout");
            size_t caught = arrivals_between(&log, 1000, 1090 - patience_s[i]);
            assert_true(failed == (double)caught && caught > 10);
            kit_is(&kit, "request_success_ratio", "app=A",
                   1 - failed / kit_get(&kit, "arrivals", "app=A"));
            kit_log_free(&log);
            kit_free(&kit);
        }
}

// R1: rollout_first_ready_s is the first of them: with one start at a time the others follow at 180
// and 270.
static void the_first_ready_runner_is_the_first(void **state)
{
    (void)state;
    struct kit kit = always_on(3, 90, "recreate");
    kit.apps[0].max_parallel_starts = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 90);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 3000 + 2510 + 2420 + 2330);
    kit_free(&kit);
}

// R1: the deploy itself starts nothing: without a floor the next request does.
static void recreate_starts_nothing_by_itself(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "recreate");
    kit_scaling(&kit, 0)->min_concurrency = 0;
    kit_call(&kit, 0, 0, 1); // the runner stays warm until 61 only
    kit_call(&kit, 0, 2000, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "0 2000");
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 1090);
    kit_log_free(&log);
    kit_free(&kit);
}

// R2: a rolling deploy starts its runner without any traffic; then the 10-second rule stops it.
static void rolling_starts_its_runner_without_traffic(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "rolling");
    kit_scaling(&kit, 0)->min_concurrency = 0;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "0 1000");
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "10 1100");
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 90); // there were none
    kit_log_free(&log);
    kit_free(&kit);
}

// R1, Q1: a request that waits while the alias moves is served by the new revision.
static void waiting_requests_survive_the_switch(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 20, "recreate");
    kit_scaling(&kit, 0)->min_concurrency = 0;
    kit_call(&kit, 0, 990, 1); // its cold start, due at 1010, is called off by the deploy
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "request", "begins"), "1020");
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "unserved_time_s", "app=A", 30);
    kit_log_free(&log);
    kit_free(&kit);
}

// R2: setup() of the new revision crashes after 20 s: the deploy is aborted, the old revision keeps
// the traffic.
static void rolling_that_fails_is_aborted(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 20, "rolling");
    kit.revisions[1].setup_failure = 1;
    kit_poisson(&kit, 0, 0.5, dist_constant(0.01));
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "aborted");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 20);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", kit_get(&kit, "arrivals", "app=A"));
    kit_is(&kit, "runner_starts", "app=A", 2); // none of the new revision after it
    kit_is(&kit, "cost_revision_usd", "app=A,revision=2", 20 * .99 / 3600);
    kit_free(&kit);
}

// R2: a failure belongs to its own deploy: the next one, after the 30 s of back-off that it has
// brought, succeeds.
static void an_aborted_deploy_does_not_spoil_the_next(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 20, "rolling");
    kit.revisions[1].setup_failure = 1;
    kit_deploy(&kit, 0, 1500, "rolling")->setup_failure = 0;
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "aborted");
    ended(&kit, "2", "completed");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=2", 50);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// R2: with min_ready 3 one failure aborts it all: the two that were ready stop with teardown().
// setup() is 20 s, and a mixture of 1 and 40 s makes one of three pass the startup_timeout of 30 s.
static void one_failure_of_three_aborts(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 20, "rolling");
    struct revision_config *r = &kit.revisions[1];
    kit.timeline[0].min_ready = 3;
    static const double x[] = {1, 40}, p[] = {.5, 1};
    static const struct dist_table table = {.count = 2, .x = x, .p = p};
    r->setup = (struct dist){.kind = DIST_EMPIRICAL, .table = &table};
    r->startup_timeout = sim_from_seconds(30);
    r->teardown = dist_constant(2);
    uint32_t replication = 0;
    do // the first replication in which two of three are quick
        kit_run(&kit, 1, replication++);
    while (kit_get(&kit, "runner_stops", "app=A,outcome=abort") != 2);
    ended(&kit, "1", "aborted");
    kit_is(&kit, "runner_stops", "app=A,outcome=start_failed", 1);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 30 + 2 * 30);
    kit_is(&kit, "billed_s", "app=A,state=TERMINATING", 4);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// R2: three runners must be ready before the alias moves, on top of max_concurrency 1.
static void min_ready_runners_come_first(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "rolling");
    kit.timeline[0].min_ready = 3;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 90);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 270);
    kit_is(&kit, "runners_max", "app=A", 4);
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 2); // the floor keeps one
    kit_free(&kit);
}

// P4: runners that wait for the switch are kept, and looked at anew from there on: of two, the one
// that was ready at 1005 has been unused for more than 10 s at the switch, the other, which found
// room at 1040, goes at 1055.
static void runners_that_wait_for_the_switch_are_kept(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 5, "rolling");
    kit_scaling(&kit, 0)->min_concurrency = 0;
    kit.timeline[0].min_ready = 2;
    kit.machines[0].capacity = 1; // revision 1's runner went at 10
    kit_capacity(&kit, 1040, 0, 2);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 45);
    assert_string_equal(kit_times(&log, "runner", "TERMINATED"), "10 1045 1055");
    kit_log_free(&log);
    kit_free(&kit);
}

// R6: a full pool: the new runner waits for ever, the old one serves, and the report says so.
static void rolling_in_a_full_pool_stalls_and_says_so(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "rolling");
    kit.machines[0].capacity = 1;
    kit_poisson(&kit, 0, 0.5, dist_constant(0.01));
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "stalled");
    kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 2600);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_is(&kit, "runners_mean", "app=A,state=PENDING", 2600. / 3600);
    kit_is(&kit, "requests", "app=A,outcome=ok", kit_get(&kit, "arrivals", "app=A"));
    kit_capacity(&kit, 1500, 0, 2); // room: on it goes
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_stalled_s", "app=A,rollout=1", 500);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 590);
    kit_is(&kit, "unserved_time_s", "app=A", 0);
    kit_free(&kit);
}

// R1: recreate needs no second machine: the old runner's is free when the new one asks.
static void recreate_works_in_a_full_pool(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "recreate");
    kit.machines[0].capacity = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "no_runner_time_s", "app=A", 90);
    kit_first(&kit, 0)->teardown = dist_constant(4); // the old one keeps it for that long
    kit_run(&kit, 1, 0);
    kit_is(&kit, "no_runner_time_s", "app=A", 94);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 4);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 4);
    kit_free(&kit);
}

// A second deploy calls the first one off.
static void a_second_deploy_supersedes_the_first(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "rolling");
    kit_deploy(&kit, 0, 1030, "rolling")->setup = dist_constant(50);
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "superseded");
    ended(&kit, "2", "completed");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=2", 50);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 30);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=2", 50);
    kit_is(&kit, "runner_stops", "app=A,outcome=abort", 1);
    kit_is(&kit, "runner_stops", "app=A,outcome=deploy", 1);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// Two recreates 2 s apart: the first one's old runner drains until 1005, which is still the first
// one's surge.
static void an_old_revision_that_outlives_the_next_deploy_is_metered(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 0, "recreate");
    kit_deploy(&kit, 0, 1002, "recreate");
    kit_call(&kit, 0, 990, 100)->path = PATH_DIRECT;
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 5);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 5);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=2", 0);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=2", 0);
    kit.config.horizon = sim_from_seconds(1004);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 4);
    kit_free(&kit);
}

// A deploy that has not happened by the horizon, or not ended by it.
static void deploys_at_the_end_are_unfinished(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "rolling");
    kit.config.horizon = sim_from_seconds(1050);
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "unfinished");
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 50);
    uint32_t other = kit_app(&kit, "B"); // it waits for room; A's deploy does not
    kit_first(&kit, other)->machines[0] = 1;
    kit.machines[1].capacity = 0;
    kit_scaling(&kit, other)->min_concurrency = 1;
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "unfinished");
    kit.config.horizon = sim_from_seconds(1000);
    kit_run(&kit, 1, 0);
    ended(&kit, "1", "unfinished");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", NAN);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 0);
    kit_free(&kit);
}

// R6: runners that drain do not count towards max_concurrency: the new one starts at once beside
// the old one.
static void draining_runners_leave_room_for_the_new_revision(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "recreate");
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    kit_call(&kit, 0, 900, 500);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 90);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 400);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 400);
    kit_is(&kit, "no_runner_time_s", "app=A", 90);
    kit_is(&kit, "runners_max", "app=A", 2);
    kit_free(&kit);
}

// A4: what was tuned at run time survives a deploy; what comes with the code is the new code's;
// reset_scale brings the code's scaling back.
static void a_deploy_keeps_runtime_settings_unless_told(void **state)
{
    (void)state;
    for (int reset = 0; reset < 2; reset++) {
        struct kit kit = kit_new(3600);
        uint32_t app = kit_app(&kit, "A");
        kit_scale(&kit, app, 500)->min_concurrency = 2;
        struct revision_config *r = kit_deploy(&kit, app, 1000, "recreate");
        r->max_multiplexing = 7;
        r->scaling.min_concurrency = 1;
        r->scaling.keep_alive = sim_from_seconds(5);
        kit.timeline[1].reset_scale = reset;
        struct model *m = kit_create(&kit, 1, 0);
        kit_finish(&kit, m);
        assert_int_equal(m->apps[0].scaling.min_concurrency, reset ? 1 : 2);
        assert_true(m->apps[0].scaling.keep_alive == (reset ? 5 : 60) * SIM_SECOND);
        assert_int_equal(scaler_view(m, &m->apps[0], &m->pools[m->apps[0].routed]).max_multiplexing,
                         7);
        assert_int_equal(m->pools[1].ready, reset ? 1 : 2);
        kit_drop(&kit);
        kit_free(&kit);
    }
}

// A4: code values of a later revision do not take effect by themselves; the first deploy's hold.
static void code_scaling_holds_from_the_first_deploy_on(void **state)
{
    (void)state;
    struct kit kit = always_on(2, 90, "recreate");
    kit.revisions[1].scaling.min_concurrency = 0;
    kit.revisions[1].scaling.max_concurrency = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 4);
    kit_free(&kit);
}

// unserved_time_s is divided among the deploys that caused it: 90 s each, by calls that come at
// once.
static void unserved_time_belongs_to_the_latest_deploy(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "recreate");
    kit_deploy(&kit, 0, 2000, "recreate")->setup = dist_constant(40);
    kit_call(&kit, 0, 1000, .5);
    kit_call(&kit, 0, 2000, .5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "unserved_time_s", "app=A", 130);
    kit_is(&kit, "rollout_unserved_s", "app=A,rollout=1", 90);
    kit_is(&kit, "rollout_unserved_s", "app=A,rollout=2", 40);
    kit_free(&kit);
}

// A warm-up that ends in the middle of a rollout: only seconds after it count.
static void a_warm_up_cuts_what_a_rollout_has_used(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "rolling");
    kit_first(&kit, 0)->drain = DRAIN_WAIT;
    kit_call(&kit, 0, 900, 300); // drains from 1090 to 1200
    kit.config.warm_up = sim_from_seconds(1030);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 60 + 110);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 90);
    kit.config.warm_up = sim_from_seconds(1150);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "rollout_surge_s", "app=A,rollout=1", 50);
    kit_free(&kit);
}

// Deploys of one app leave the others alone.
static void other_apps_do_not_notice(void **state)
{
    (void)state;
    struct kit kit = always_on(1, 90, "recreate");
    uint32_t app = kit_app(&kit, "B");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "no_runner_time_s", "app=A", 90);
    kit_is(&kit, "no_runner_time_s", "app=B", 0);
    kit_is(&kit, "runner_starts", "app=B", 1);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recreate_is_down_for_exactly_one_cold_start),
        cmocka_unit_test(rolling_is_never_down),
        cmocka_unit_test(direct_calls_that_fail_are_those_of_the_outage),
        cmocka_unit_test(the_first_ready_runner_is_the_first),
        cmocka_unit_test(recreate_starts_nothing_by_itself),
        cmocka_unit_test(rolling_starts_its_runner_without_traffic),
        cmocka_unit_test(waiting_requests_survive_the_switch),
        cmocka_unit_test(rolling_that_fails_is_aborted),
        cmocka_unit_test(an_aborted_deploy_does_not_spoil_the_next),
        cmocka_unit_test(one_failure_of_three_aborts),
        cmocka_unit_test(min_ready_runners_come_first),
        cmocka_unit_test(runners_that_wait_for_the_switch_are_kept),
        cmocka_unit_test(rolling_in_a_full_pool_stalls_and_says_so),
        cmocka_unit_test(recreate_works_in_a_full_pool),
        cmocka_unit_test(a_second_deploy_supersedes_the_first),
        cmocka_unit_test(an_old_revision_that_outlives_the_next_deploy_is_metered),
        cmocka_unit_test(deploys_at_the_end_are_unfinished),
        cmocka_unit_test(draining_runners_leave_room_for_the_new_revision),
        cmocka_unit_test(a_deploy_keeps_runtime_settings_unless_told),
        cmocka_unit_test(code_scaling_holds_from_the_first_deploy_on),
        cmocka_unit_test(unserved_time_belongs_to_the_latest_deploy),
        cmocka_unit_test(a_warm_up_cuts_what_a_rollout_has_used),
        cmocka_unit_test(other_apps_do_not_notice),
    };
    return cmocka_run_group_tests_name("deploy", tests, NULL, NULL);
}
