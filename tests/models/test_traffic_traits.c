#include "models/traffic.c"

#include "tests/kit_log.h"

// What rows of a trace say of their requests goes before what the source says (T2).

struct rows {
    const struct trace_row *rows;
    size_t count, next;
};

static enum trace_end next_row(void *context, uint32_t source, struct trace_row *row)
{
    struct rows *rows = context;
    (void)source;
    if (rows->next == rows->count) return TRACE_END;
    *row = rows->rows[rows->next++];
    return TRACE_ROW;
}

static void replay(struct kit *kit, const struct trace_row *list, size_t count, struct kit_log *log)
{
    struct rows rows = {list, count, 0};
    const struct trace_feed feed = {next_row, &rows};
    kit->feed = &feed;
    kit_log_start(kit, log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    kit->feed = NULL;
    kit->trace = NULL;
}

// Two apps with a ready runner each; the trace belongs to A.
static struct kit two_apps(void)
{
    struct kit kit = kit_new(1000);
    for (int i = 0; i < 2; i++) {
        uint32_t app = kit_app(&kit, i ? "B" : "A");
        kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
        kit.apps[app].initial_runners = 1;
    }
    kit_traffic(&kit, 0, dist_constant(2))->kind = ARRIVAL_TRACE;
    return kit;
}

#define AT(seconds) .arrival = (seconds)*SIM_SECOND, .service = 2 * SIM_SECOND

// T2: requests for another app go there, and both apps do what they do for requests of their own.
static void rows_go_to_their_apps(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {.app = 2}},
                                            {AT(10), .traits = {0}},
                                            {AT(11), .traits = {.app = 1}},
                                            {AT(20), .traits = {.app = 2}},
                                            {AT(20), .traits = {.app = 2}}};
    struct kit kit = two_apps();
    struct kit_log log;
    replay(&kit, rows, 5, &log);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "requests", "app=B,outcome=ok", 3);
    kit_is(&kit, "wait_mean_s", "app=A", .5);     // the second one waits from 11 to 12
    kit_is(&kit, "wait_mean_s", "app=B", 2. / 3); // the last one from 20 to 22
    kit_log_free(&log);
    kit_free(&kit);
}

// T2, A1: the app that a row goes to starts the runner for it.
static void rows_wake_their_apps(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {.app = 2}}};
    struct kit kit = two_apps();
    struct kit_log log;
    kit_scaling(&kit, 1)->min_concurrency = 0;
    kit.apps[1].initial_runners = 0;
    kit_first(&kit, 1)->setup = dist_constant(5);
    replay(&kit, rows, 1, &log);
    kit_is(&kit, "requests", "app=B,outcome=ok", 1);
    kit_is(&kit, "wait_mean_s", "app=B", 5);
    kit_is(&kit, "cold_start_ratio", "app=B", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

// An endpoint is one of the source's own app; the other one may have no second queue.
static void other_apps_have_their_first_endpoint(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {.app = 2}},
                                            {AT(10), .traits = {.app = 2}},
                                            {AT(10), .traits = {0}},
                                            {AT(10), .traits = {0}}};
    struct kit kit = two_apps();
    struct kit_log log;
    kit.apps[0].endpoints = 5;
    kit.traffic[0].endpoint = 4;
    replay(&kit, rows, 4, &log);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "requests", "app=B,outcome=ok", 2);
    kit_log_free(&log);
    kit_free(&kit);
}

// T2, C1, C2: each row's caller pays for it, and is let in or not.
static void rows_name_their_callers(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {.caller = 2}},
                                            {AT(20), .traits = {.caller = 2}},
                                            {AT(30), .traits = {.caller = 3}}, // anonymous
                                            {AT(40), .traits = {0}}};
    struct kit kit = two_apps();
    struct kit_log log;
    kit_first(&kit, 0)->auth_mode = AUTH_SHARED;
    replay(&kit, rows, 4, &log);
    kit_is(&kit, "requests", "app=A,outcome=ok", 3);
    kit_is(&kit, "requests", "app=A,outcome=unauthorized", 1);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 4 * .99 / 3600);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=owner", 2 * .99 / 3600);
    kit_log_free(&log);
    kit_free(&kit);
}

// T2, Q9: a caller's limit counts the caller of the row.
static void limits_are_those_of_the_rows_callers(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {.caller = 2}},
                                            {AT(10), .traits = {.caller = 2}},
                                            {AT(10), .traits = {.caller = 1}}};
    struct kit kit = two_apps();
    struct kit_log log;
    kit_first(&kit, 0)->auth_mode = AUTH_SHARED;
    kit_first(&kit, 0)->max_multiplexing = 10;
    kit.traffic[0].path = PATH_DIRECT;
    kit.callers[1].concurrency_limit = 1;
    replay(&kit, rows, 3, &log);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_is(&kit, "requests", "app=A,outcome=rejected", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

// T2, Q2: low ones are served when no normal one waits.
static void rows_have_their_priorities(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {0}},
                                            {AT(11), .traits = {.priority = 1 + PRIORITY_LOW}},
                                            {AT(11), .traits = {.priority = 1 + PRIORITY_NORMAL}},
                                            {AT(11), .traits = {0}}};
    struct kit kit = two_apps();
    struct kit_log log;
    replay(&kit, rows, 4, &log);
    assert_string_equal(strrchr(kit_begins(&log), '@'), "@16");
    kit_is(&kit, "wait_s", "app=A,quantile=max", 5); // the low one, from 11 to 16
    kit_log_free(&log);
    kit_free(&kit);
}

// T2, Q3: an attempt ends with the recorded status and is not retried, whatever the app would
// answer; what the status does to the runner it does here.
static void recorded_statuses_are_final(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {.status = 200}},
                                            {AT(20), .traits = {.status = 404}},
                                            {AT(30), .traits = {.status = 500}},
                                            {AT(40), .traits = {.status = 504}},
                                            {AT(50), .traits = {.status = 503}}};
    struct kit kit = two_apps();
    struct kit_log log;
    kit_first(&kit, 0)->responses[0] =
        (struct response_config){.status = 503, .probability = 1, .needs_retry = HEADER_YES};
    kit_first(&kit, 0)->response_count = 1;
    replay(&kit, rows, 5, &log);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "requests", "app=A,outcome=client_error", 1);
    kit_is(&kit, "requests", "app=A,outcome=server_error", 3);
    kit_is(&kit, "attempts_retried", "app=A", 0);
    kit_is(&kit, "runner_starts", "app=B", 1); // the initial one
    kit_is(&kit, "runner_starts", "app=A", 2); // 503 kills it: the floor starts another one
    kit_log_free(&log);
    kit_free(&kit);
}

// T2, P6: an attempt that is cut is retried like any other, and then ends as recorded.
static void a_cut_attempt_is_no_recorded_one(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {
        {.arrival = 10 * SIM_SECOND, .service = 60 * SIM_SECOND, .traits = {.status = 404}}};
    struct kit kit = kit_new(1000);
    kit_app(&kit, "A");
    kit.apps[0].initial_runners = 1;
    kit_traffic(&kit, 0, dist_constant(2))->kind = ARRIVAL_TRACE;
    kit_deploy(&kit, 0, 20, "recreate");
    struct kit_log log;
    replay(&kit, rows, 1, &log);
    kit_is(&kit, "attempts_retried", "app=A", 1);
    kit_is(&kit, "requests", "app=A,outcome=client_error", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

// T2, Q8: the row's key, not a drawn one, finds its runner again.
static void rows_have_their_keys(void **state)
{
    (void)state;
    enum { ROWS = 200 };
    struct trace_row rows[ROWS];
    for (int i = 0; i < ROWS; i++)
        rows[i] = (struct trace_row){.arrival = i * 10 * SIM_SECOND,
                                     .service = SIM_SECOND,
                                     .traits = {.hint = 1 + (uint32_t)(i * 7 % 3)}};
    struct kit kit = kit_new(5000);
    kit_app(&kit, "A");
    kit_scaling(&kit, 0)->min_concurrency = kit_scaling(&kit, 0)->max_concurrency = 3;
    kit.apps[0].initial_runners = 3;
    kit.apps[0].dispatch = DISPATCH_HINT;
    struct traffic_config *t = kit_traffic(&kit, 0, dist_constant(1));
    t->kind = ARRIVAL_TRACE;
    t->hints = 3;
    struct kit_log log;
    replay(&kit, rows, ROWS, &log);
    int64_t home[3] = {-1, -1, -1}, moved = 0;
    size_t begun = 0;
    for (size_t i = 0; i < log.count; i++) {
        if (!kit_log_is(&log.rows[i], "request", "begins")) continue;
        uint32_t key = (uint32_t)(begun++ * 7 % 3);
        moved += home[key] >= 0 && home[key] != (int64_t)log.rows[i].arg;
        home[key] = (int64_t)log.rows[i].arg;
    }
    assert_int_equal(begun, ROWS);
    assert_int_equal(moved, 0);
    kit_log_free(&log);
    kit_free(&kit);
}

// T2: how often a request is cold here and was when it was recorded, or neither.
static void labels_are_compared(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(10), .traits = {.label = LABEL_COLD}},  // is cold
                                            {AT(20), .traits = {.label = LABEL_WARM}},  // warm
                                            {AT(30), .traits = {.label = LABEL_COLD}},  // warm
                                            {AT(200), .traits = {.label = LABEL_WARM}}, // cold
                                            {AT(300), .traits = {0}}};
    struct kit kit = kit_new(1000);
    kit_app(&kit, "A");
    kit_traffic(&kit, 0, dist_constant(2))->kind = ARRIVAL_TRACE;
    kit.traffic[0].labelled = true;
    struct kit_log log;
    replay(&kit, rows, 5, &log);
    kit_is(&kit, "cold_start_ratio", "app=A", 3. / 5);
    kit_is(&kit, "cold_label_ratio", "app=A", 2. / 4);
    kit_log_free(&log);
    kit_free(&kit);
}

// T2: the first attempt counts, and only after the warm-up.
static void labels_are_compared_once(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {{AT(1), .traits = {.label = LABEL_WARM}},
                                            {AT(600), .traits = {.label = LABEL_COLD}}};
    struct kit kit = kit_new(1000);
    kit_app(&kit, "A");
    kit.config.warm_up = 100 * SIM_SECOND;
    kit_traffic(&kit, 0, dist_constant(2))->kind = ARRIVAL_TRACE;
    kit.traffic[0].labelled = true;
    kit_first(&kit, 0)->responses[0] =
        (struct response_config){.status = 500, .probability = 1, .needs_retry = HEADER_YES};
    kit_first(&kit, 0)->response_count = 1;
    struct kit_log log;
    replay(&kit, rows, 2, &log);
    kit_is(&kit, "attempts_retried", "app=A", 9);
    kit_is(&kit, "cold_label_ratio", "app=A", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_go_to_their_apps),
        cmocka_unit_test(rows_wake_their_apps),
        cmocka_unit_test(other_apps_have_their_first_endpoint),
        cmocka_unit_test(rows_name_their_callers),
        cmocka_unit_test(limits_are_those_of_the_rows_callers),
        cmocka_unit_test(rows_have_their_priorities),
        cmocka_unit_test(recorded_statuses_are_final),
        cmocka_unit_test(a_cut_attempt_is_no_recorded_one),
        cmocka_unit_test(rows_have_their_keys),
        cmocka_unit_test(labels_are_compared),
        cmocka_unit_test(labels_are_compared_once),
    };
    return cmocka_run_group_tests_name("traffic_traits", tests, NULL, NULL);
}
