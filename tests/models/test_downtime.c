#include "models/downtime.c"

#include "tests/kit.h"

// One runner is on and answers at once; `measured` by default.
static struct kit app_on(double horizon_s)
{
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = 1;
    kit_first(&kit, app)->max_multiplexing = 100;
    kit.apps[app].initial_runners = 1;
    kit.config.downtime.measured = true;
    return kit;
}

// A request at at_s that is answered in no time: well, or with a 500.
static struct traffic_config *call(struct kit *kit, double at_s)
{
    return kit_call(kit, 0, at_s, 0);
}

static void break_app(struct kit *kit)
{
    struct revision_config *r = kit_first(kit, 0);
    r->responses[r->response_count++] = (struct response_config){500, 1, 0, 0};
}

static bool reported(const struct kit *kit, const char *name)
{
    for (size_t i = 0; i < kit->value_count; i++)
        if (strcmp(kit->values[i].metric->name, name) == 0) return true;
    return false;
}

// What costs time is there only when the scenario asks, and changes no other number.
static void off_means_off(void **state)
{
    (void)state;
    struct kit on = app_on(3600), off = app_on(3600);
    off.config.downtime.measured = false;
    kit_poisson(&on, 0, .1, dist_constant(3));
    kit_poisson(&off, 0, .1, dist_constant(3));
    kit_deploy(&on, 0, 1000, "recreate")->setup = dist_constant(90);
    kit_deploy(&off, 0, 1000, "recreate")->setup = dist_constant(90);
    kit_run(&on, 1, 0);
    kit_run(&off, 1, 0);
    assert_true(on.events == off.events);
    assert_int_equal(downtime_memory(&off.config), 0);
    for (size_t i = 0, j = 0; i < on.value_count; i++) {
        if (downtime_is_on_request(on.values[i].metric->name)) {
            assert_false(reported(&off, on.values[i].metric->name));
            continue;
        }
        assert_string_equal(on.values[i].labels, off.values[j].labels);
        kit_is(&on, on.values[i].metric->name, on.values[i].labels, off.values[j++].value);
    }
    kit_free(&on);
    kit_free(&off);
}

static void every_number_on_request_is_a_metric(void **state)
{
    (void)state;
    assert_true(downtime_is_on_request("user_uptime"));
    assert_false(downtime_is_on_request("unserved_time_s"));
    struct kit kit = app_on(100);
    kit_deploy(&kit, 0, 10, "recreate");
    size_t found = 0;
    kit_run(&kit, 1, 0);
    for (const struct metric *m = metrics; m->name; m++) {
        if (!downtime_is_on_request(m->name)) continue;
        found++;
        // no window of a minute's slots is full within 100 s but the first
        assert_true(reported(&kit, m->name));
    }
    assert_int_equal(found, 8);
    kit_free(&kit);
}

// Active time in a run of 100 s tells how many users there are: each is up from its one answer, at
// 10 s, to the end.
static double users_up(struct kit *kit)
{
    double seconds;
    struct model *m = kit_create(kit, 1, 0);
    assert_int_equal(kit_finish(kit, m), SIM_DONE);
    seconds = sim_wide_seconds(m->apps[0].downtime->uptime.up_ns);
    kit_drop(kit);
    kit_free(kit);
    return seconds / 90;
}

static void two_sources_of_a_caller_are_one_user(void **state)
{
    (void)state;
    struct kit kit = app_on(100);
    call(&kit, 10);
    call(&kit, 10);
    kit_near(users_up(&kit), 1, 0, "the owner");
    kit = app_on(100);
    kit_first(&kit, 0)->auth_mode = AUTH_PUBLIC;
    call(&kit, 10);
    call(&kit, 10)->caller = 1;
    kit_near(users_up(&kit), 2, 0, "the owner and acme");
    kit = app_on(100);
    kit_first(&kit, 0)->auth_mode = AUTH_PUBLIC;
    call(&kit, 10)->caller = 2;
    call(&kit, 10)->caller = 2;
    kit_near(users_up(&kit), 2, 0, "two anonymous sources");
}

static void users_of_a_closed_loop_and_keys_are_users(void **state)
{
    (void)state;
    struct kit kit = app_on(100);
    struct traffic_config *t = kit_traffic(&kit, 0, dist_constant(0));
    t->kind = ARRIVAL_CLOSED_LOOP;
    t->users = 7;
    t->think = dist_constant(10);
    kit_near(users_up(&kit), 7, 0, "a closed loop");
    kit = app_on(100);
    t = kit_traffic(&kit, 0, dist_constant(0));
    t->kind = ARRIVAL_RENEWAL; // a thousand at 10 s: all keys come
    t->interarrival = dist_constant(10);
    t->batch = BATCH_CONSTANT;
    t->batch_size = 1000;
    t->until = 11 * SIM_SECOND;
    t->hints = 5;
    kit_near(users_up(&kit), 5, 0, "five keys");
}

struct rows {
    const struct request_traits *traits;
    size_t count, next;
};

static enum trace_end next_row(void *context, uint32_t source, struct trace_row *row)
{
    struct rows *rows = context;
    assert_int_equal(source, 0);
    if (rows->next == rows->count) return TRACE_END;
    *row = (struct trace_row){.arrival = 10 * SIM_SECOND, .traits = rows->traits[rows->next++]};
    return TRACE_ROW;
}

// Replays rows at 10 s in the first source; the users up of each app.
static void replay(struct kit *kit, struct rows rows, double up[2])
{
    const struct trace_feed feed = {next_row, &rows};
    kit->feed = &feed;
    struct model *m = kit_create(kit, 1, 0);
    assert_int_equal(kit_finish(kit, m), SIM_DONE);
    for (uint32_t app = 0; app < 2; app++)
        up[app] = sim_wide_seconds(m->apps[app].downtime->uptime.up_ns) / 90;
    kit_drop(kit);
    kit->feed = NULL;
}

// Rows name apps, callers and keys: 1 + the number.  Callers are the owner, acme and anonymous, who
// is somebody else in each source; keys are an app's.
static void users_of_a_trace_are_those_of_its_rows(void **state)
{
    (void)state;
    static const struct request_traits callers[] = {{.app = 1, .caller = 1},
                                                    {.app = 1, .caller = 2},
                                                    {.app = 2, .caller = 2},
                                                    {.app = 2, .caller = 3},
                                                    {.app = 2, .caller = 3}};
    static const struct request_traits keys[] = {
        {.app = 1, .hint = 1}, {.app = 2, .hint = 4}, {.app = 2, .hint = 5}, {.app = 2, .hint = 5}};
    double up[2];
    struct kit kit = app_on(100);
    kit_app(&kit, "B");
    kit_first(&kit, 0)->auth_mode = kit_first(&kit, 1)->auth_mode = AUTH_PUBLIC;
    kit_first(&kit, 1)->max_multiplexing = 100;
    kit_scaling(&kit, 1)->min_concurrency = 1;
    kit.apps[1].initial_runners = 1;
    struct traffic_config *t = kit_traffic(&kit, 0, dist_constant(0));
    t->kind = ARRIVAL_TRACE;
    t->many_apps = true;
    struct traffic_config *own = kit_renewal(&kit, 1, dist_constant(10), dist_constant(0));
    own->until = 11 * SIM_SECOND;
    own->caller = 2;
    replay(&kit, (struct rows){callers, 5, 0}, up);
    kit_near(up[0], 2, 0, "the owner and acme");
    kit_near(up[1], 3, 0, "acme and two anonymous callers");
    kit.traffic[0].hints = 5;
    replay(&kit, (struct rows){keys, 4, 0}, up);
    kit_near(up[0], 1, 0, "one key");
    kit_near(up[1], 3, 0, "two keys and an anonymous caller");
    kit_free(&kit);
}

static void each_number_by_window_says_its_windows(void **state)
{
    (void)state;
    assert_string_equal(downtime_windows("user_uptime_mcr")[0], "1m");
    assert_string_equal(downtime_windows("peak_burn")[BURN_WINDOWS - 1], "3d");
    assert_null(downtime_windows("burn_alert")[BURN_ALERTS]);
    assert_null(downtime_windows("user_uptime"));
    for (uint32_t i = 0; i < BURN_ALERTS; i++)
        assert_string_equal(downtime_windows("burn_alert_s")[i],
                            burn_labels[burn_alerts[i].window]);
}

// Late: one runner of one slot, three requests at 10 of 5 s: the third starts 10 s later.
static void late_can_be_bad(void **state)
{
    (void)state;
    struct kit kit = app_on(100);
    kit_first(&kit, 0)->max_multiplexing = 1;
    kit_scaling(&kit, 0)->max_concurrency = 1;
    kit.apps[0].good_within = 7 * SIM_SECOND;
    kit.config.downtime.slo = .5;
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 10, 5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "late_requests", "app=A", 1);
    kit_is(&kit, "failed_requests", "app=A", 0);
    kit_is(&kit, "error_budget_spent", "app=A", 0);
    kit_is(&kit, "user_uptime", "app=A", 1); // answers at 15, 20 and 25
    kit.config.downtime.late_is_bad = true;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "error_budget_spent", "app=A", 1 / (3 * .5));
    kit_is(&kit, "user_uptime", "app=A", 10 / 85.);
    kit_is(&kit, "peak_burn", "app=A,window=5m", 2 * 1 / 3. / 5);
    kit_free(&kit);
}

// Every request fails, ten a minute, at 99.9 %: 1000 times the budget.  A minute of an hour's
// window is 16.7 times, so the first look sees it, after 60 s.
static void alerts_tell_when(void **state)
{
    (void)state;
    struct kit kit = app_on(600);
    kit_renewal(&kit, 0, dist_constant(6), dist_constant(0));
    kit.config.warm_up = 120 * SIM_SECOND;
    break_app(&kit);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "burn_alert", "app=A,window=1h", 1);
    kit_is(&kit, "burn_alert_s", "app=A,window=1h", 60);
    kit_is(&kit, "burn_alert_s", "app=A,window=6h", 180); // 1000 k / 360 > 6: k = 3
    kit_is(&kit, "burn_alert_s", "app=A,window=3d", 300); // 1000 k / 4320 > 1: k = 5
    kit_is(&kit, "error_budget_spent", "app=A", 1000);
    kit.config.horizon = 180 * SIM_SECOND; // the monitor looks at the horizon, too
    kit_run(&kit, 1, 0);
    kit_is(&kit, "burn_alert_s", "app=A,window=1h", 60);
    kit.config.horizon = 600 * SIM_SECOND;
    kit.traffic[0].until = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "burn_alert", "app=A,window=1h", 0);
    kit_is(&kit, "burn_alert_s", "app=A,window=1h", NAN);
    kit_is(&kit, "error_budget_spent", "app=A", NAN);
    kit_free(&kit);
}

// A 404 is the caller's own error: it tells nothing about the app.
static void what_is_not_valid_does_not_count(void **state)
{
    (void)state;
    struct kit kit = app_on(200);
    break_app(&kit);
    kit_first(&kit, 0)->responses[0].status = 404;
    call(&kit, 10);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=client_error", 1);
    kit_is(&kit, "user_uptime", "app=A", NAN);
    kit_is(&kit, "peak_burn", "app=A,window=5m", NAN);
    kit_free(&kit);
}

// The warm-up ends at 20 s.  A failure before it, and one of a request from before it, burn
// nothing; but the user who saw them is down, until 80 s.  A spell before it is none.
static void the_warm_up_forgets(void **state)
{
    (void)state;
    struct kit kit = app_on(140);
    kit.config.warm_up = 20 * SIM_SECOND;
    kit_first(&kit, 0)->responses[0] = (struct response_config){500, 1, 0, 0};
    kit_first(&kit, 0)->response_count = 1;
    kit_call(&kit, 0, 5, 0);
    kit_call(&kit, 0, 15, 10); // to 25
    kit_deploy(&kit, 0, 60, "recreate")->response_count = 0;
    kit_call(&kit, 0, 80, 0);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "user_uptime", "app=A", 60 / 120.);
    kit_is(&kit, "peak_burn", "app=A,window=5m", 0);
    kit_is(&kit, "outage_s", "app=A,quantile=0.95", NAN);
    kit_free(&kit);
    kit = app_on(140);
    kit.config.warm_up = 110 * SIM_SECOND;
    kit.apps[0].initial_runners = 0;
    kit_first(&kit, 0)->setup = dist_constant(100);
    kit_call(&kit, 0, 5, 0); // waits to 100
    kit_run(&kit, 1, 0);
    kit_is(&kit, "outage_s", "app=A,quantile=0.95", NAN);
    kit_free(&kit);
}

static bool has(const struct kit *kit, const char *metric, const char *labels)
{
    for (size_t i = 0; i < kit->value_count; i++)
        if (strcmp(kit->values[i].metric->name, metric) == 0 &&
            strcmp(kit->values[i].labels, labels) == 0)
            return true;
    return false;
}

static void windows_that_cannot_be_full_are_left_out(void **state)
{
    (void)state;
    struct kit kit = app_on(300);
    kit_run(&kit, 1, 0);
    assert_true(has(&kit, "user_uptime_mcr", "app=A,window=1m"));
    assert_true(has(&kit, "user_uptime_mcr", "app=A,window=5m"));
    kit.config.warm_up = 1;
    kit_run(&kit, 1, 0);
    assert_false(has(&kit, "user_uptime_mcr", "app=A,window=5m"));
    assert_false(has(&kit, "user_uptime_mcr", "app=A,window=1h"));
    kit_free(&kit);
}

// Three spells of 90 s, one a thousand seconds: for 30 days 2592; the last one cut by the horizon.
static void outages_are_counted_and_measured(void **state)
{
    (void)state;
    struct kit kit = kit_new(3000);
    kit_app(&kit, "A");
    kit_first(&kit, 0)->setup = dist_constant(90);
    kit.config.downtime.measured = true;
    kit_call(&kit, 0, 100, 1);
    kit_call(&kit, 0, 1000, 1);
    kit_call(&kit, 0, 2970, 1);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "unserved_spells", "app=A", 3);
    kit_is(&kit, "interruptions_per_30d", "app=A", 2592);
    kit_is(&kit, "outage_mean_s", "app=A", 70);
    kit_is(&kit, "unserved_max_s", "app=A", 90);
    kit_near(kit_get(&kit, "outage_s", "app=A,quantile=0.5"), 90, 90 * HIST_RELATIVE_ERROR, "p50");
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_means_off),
        cmocka_unit_test(every_number_on_request_is_a_metric),
        cmocka_unit_test(two_sources_of_a_caller_are_one_user),
        cmocka_unit_test(users_of_a_closed_loop_and_keys_are_users),
        cmocka_unit_test(users_of_a_trace_are_those_of_its_rows),
        cmocka_unit_test(each_number_by_window_says_its_windows),
        cmocka_unit_test(late_can_be_bad),
        cmocka_unit_test(alerts_tell_when),
        cmocka_unit_test(what_is_not_valid_does_not_count),
        cmocka_unit_test(the_warm_up_forgets),
        cmocka_unit_test(windows_that_cannot_be_full_are_left_out),
        cmocka_unit_test(outages_are_counted_and_measured),
    };
    return cmocka_run_group_tests_name("downtime", tests, NULL, NULL);
}
