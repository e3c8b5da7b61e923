#include "tests/bench/probe.h"

#include "bench/input/scenario_traffic.c"

#include <math.h>

#define S "\"service\": \"1s\", "

static const struct traffic_config *source(const struct probe *p, uint32_t index)
{
    assert_true(index < probe_config(p)->traffic_count);
    return &probe_config(p)->traffic[index];
}

static void defaults_fill_a_source(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_SOURCE, S "\"poisson\": {\"rate_per_s\": 2}");
    const struct traffic_config *t = source(&p, 0);
    assert_string_equal(t->name, "traffic 1");
    assert_int_equal(t->app, 0);
    assert_int_equal(t->caller, 0);
    assert_int_equal(t->path, PATH_QUEUE);
    assert_int_equal(t->priority, PRIORITY_NORMAL);
    assert_int_equal(t->kind, ARRIVAL_POISSON);
    assert_int_equal(t->from, 0);
    assert_true(t->until == SIM_NEVER && t->start_timeout == SIM_NEVER);
    assert_int_equal(t->max_attempts, 10);
    assert_false(t->has_cold_service);
    assert_null(p.scenario.alternatives[0].traces[0].path);
    assert_int_equal(probe_config(&p)->caller_count, 1);
    assert_string_equal(probe_config(&p)->callers[0].name, "owner");
    probe_close(&p);
}

// Q3: X-Fal-Retry-Config, of the owner's own requests.
static void a_source_may_have_budgets_of_its_own(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_SOURCE,
                                 S "\"poisson\": {\"rate_per_s\": 2}, \"retry\": {\"timeout\": 3}");
    const struct traffic_config *t = source(&p, 0);
    assert_true(t->has_retry);
    assert_int_equal(t->retry_budgets[RETRY_TIMEOUT], 3);
    assert_int_equal(t->retry_budgets[RETRY_SERVER_ERROR], 10);
    probe_close(&p);
    static const struct probe_row rows[] = {
        {PROBE_APP,
         "\"auth_mode\": \"public\", \"traffic\": [{" S "\"poisson\": {\"rate_per_s\": 2}, "
         "\"caller\": \"acme\",\n\"retry\": {}}]",
         "3:1: error[E0403]: /apps/A/traffic/0/retry", "the owner's own requests"},
        {PROBE_SOURCE, S "\"poisson\": {\"rate_per_s\": 2}, \"path\": \"direct\",\n\"retry\": {}",
         "3:1: error[E0403]: /apps/A/traffic/0/retry", "only the queue path"},
        {PROBE_SOURCE, S "\"poisson\": {\"rate_per_s\": 2},\n\"retry\": {\"timeout\": 11}",
         "3:22: error[E0304]: /apps/A/traffic/0/retry/timeout", "from 0 to 10"},
    };
    PROBE_ROWS(rows);
}

static void rates_are_turned_into_seconds(void **state)
{
    (void)state;
    static const char *const rates[] = {"\"rate_per_s\": 2", "\"rate_per_min\": 120",
                                        "\"rate_per_h\": 7200"};
    for (size_t i = 0; i < 3; i++) {
        char fragment[128];
        snprintf(fragment, sizeof fragment, S "\"poisson\": {%s}", rates[i]);
        struct probe p = probe_right(PROBE_SOURCE, fragment);
        assert_true(fabs(source(&p, 0)->rate_per_s - 2) < 1e-15);
        probe_close(&p);
    }
}

static void other_arrival_processes_are_read(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_SOURCE, S "\"renewal\": {\"erlang\": {\"stages\": 2, \"mean\": \"4s\"}}");
    assert_int_equal(source(&p, 0)->kind, ARRIVAL_RENEWAL);
    assert_true(fabs(dist_mean(&source(&p, 0)->interarrival) - 4) < 1e-12);
    probe_close(&p);

    p = probe_right(PROBE_SOURCE,
                    S "\"piecewise_constant\": {\"steps\": [{\"from\": \"0s\", \"rate_per_s\": 1}, "
                      "{\"from_s\": 1.5, \"rate_per_min\": 30}], \"repeat\": \"24h\"}");
    const struct traffic_config *t = source(&p, 0);
    assert_int_equal(t->kind, ARRIVAL_PIECEWISE);
    assert_int_equal(t->step_count, 2);
    assert_int_equal(t->steps[1].from, 1500000000);
    assert_true(fabs(t->steps[1].rate_per_s - 0.5) < 1e-15);
    assert_int_equal(t->repeat, 86400 * SIM_SECOND);
    probe_close(&p);
}

static void callers_are_registered_once_and_by_kind(void **state)
{
    (void)state;
    char text[2048] =
        PROBE_HEAD "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"traffic\": [";
    static const char *const names[] = {"acme", "team", "owner", "anonymous", "acme", "globex"};
    static const uint32_t ids[] = {1, 2, 0, 3, 1, 4};
    for (size_t i = 0; i < 6; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used,
                 "%s{" S "\"caller\": \"%s\", \"poisson\": {\"rate_per_s\": 1}}", i ? ", " : "",
                 names[i]);
    }
    snprintf(text + strlen(text), sizeof text - strlen(text), "]}}}");
    struct probe p = probe_load(text, NULL);
    const struct scenario_config *c = probe_config(&p);
    for (uint32_t i = 0; i < 6; i++)
        assert_int_equal(source(&p, i)->caller, ids[i]);
    static const enum caller_kind kinds[] = {CALLER_OWNER, CALLER_USER, CALLER_TEAM,
                                             CALLER_ANONYMOUS, CALLER_USER};
    assert_int_equal(c->caller_count, 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(c->callers[i].kind, kinds[i]);
    probe_close(&p);
}

static void the_direct_path_has_one_attempt(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_SOURCE, S "\"path\": \"direct\", \"poisson\": {\"rate_per_s\": 1}");
    assert_int_equal(source(&p, 0)->max_attempts, 1);
    probe_close(&p);
    p = probe_right(PROBE_SOURCE, S
                    "\"path\": \"direct\", \"max_attempts\": 1, \"poisson\": {\"rate_per_s\": 1}");
    probe_close(&p);
}

static void a_cold_service_time_is_told_apart(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_SOURCE, S "\"cold_service_s\": 9, \"poisson\": {\"rate_per_s\": 1}");
    assert_true(source(&p, 0)->has_cold_service);
    assert_true(source(&p, 0)->cold_service.a >= 9);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_fill_a_source),
        cmocka_unit_test(a_source_may_have_budgets_of_its_own),
        cmocka_unit_test(rates_are_turned_into_seconds),
        cmocka_unit_test(other_arrival_processes_are_read),
        cmocka_unit_test(callers_are_registered_once_and_by_kind),
        cmocka_unit_test(the_direct_path_has_one_attempt),
        cmocka_unit_test(a_cold_service_time_is_told_apart),
    };
    return cmocka_run_group_tests_name("scenario_traffic", tests, NULL, NULL);
}
