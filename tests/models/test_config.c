#include "models/config.c"

#include "tests/kit.h"

static const struct {
    const char *name;
    const struct param *params;
    size_t size;
} tables[] = {
    {"machine", machine_params, sizeof(struct machine_config)},
    {"scaling", scaling_params, sizeof(struct scaling_config)},
    {"revision", revision_params, sizeof(struct revision_config)},
    {"app", app_params, sizeof(struct app_config)},
    {"knative", knative_params, sizeof(struct app_config)},
    {"oracle", oracle_params, sizeof(struct app_config)},
    {"traffic", traffic_params, sizeof(struct traffic_config)},
    {"platform", platform_params, sizeof(struct platform_config)},
    {"limits", limits_params, sizeof(struct limits_config)},
};
enum { TABLES = sizeof tables / sizeof *tables };

static size_t size_of(enum param_type type)
{
    static const size_t sizes[] = {
        [PARAM_COUNT] = sizeof(uint32_t),   [PARAM_NUMBER] = sizeof(double),
        [PARAM_TIME] = sizeof(sim_time),    [PARAM_FLAG] = sizeof(bool),
        [PARAM_CHOICE] = sizeof(uint32_t),  [PARAM_TEXT] = sizeof(char *),
        [PARAM_DIST] = sizeof(struct dist),
    };
    return sizes[type];
}

static void keys_are_unique_and_explained(void **state)
{
    (void)state;
    for (size_t t = 0; t < TABLES; t++)
        for (const struct param *p = tables[t].params; p->key; p++) {
            assert_true(p->help && p->help[0]);
            assert_null(strchr(p->help, '\n'));
            for (const struct param *other = tables[t].params; other < p; other++)
                assert_string_not_equal(p->key, other->key);
        }
}

// Keys of scaling, revision and app stand side by side in one object of the file.
static void keys_of_an_app_do_not_collide(void **state)
{
    (void)state;
    static const struct param *const parts[] = {scaling_params, revision_params, app_params};
    for (size_t a = 0; a < 3; a++)
        for (size_t b = a + 1; b < 3; b++)
            for (const struct param *p = parts[a]; p->key; p++)
                for (const struct param *q = parts[b]; q->key; q++)
                    assert_string_not_equal(p->key, q->key);
}

static void fallbacks_lie_in_their_range(void **state)
{
    (void)state;
    for (size_t t = 0; t < TABLES; t++)
        for (const struct param *p = tables[t].params; p->key; p++) {
            assert_true(p->min <= p->max);
            if (isnan(p->fallback)) continue; // must be given
            if (p->fallback < p->min || p->fallback > p->max)
                fail_msg("%s: %g is not in [%g, %g]", p->key, p->fallback, p->min, p->max);
        }
}

static void fields_lie_in_their_struct_and_apart(void **state)
{
    (void)state;
    for (size_t t = 0; t < TABLES; t++)
        for (const struct param *p = tables[t].params; p->key; p++) {
            assert_true(p->offset + size_of(p->type) <= tables[t].size);
            for (const struct param *q = tables[t].params; q < p; q++)
                assert_true(q->offset + size_of(q->type) <= p->offset ||
                            p->offset + size_of(p->type) <= q->offset);
        }
}

static void choices_have_as_many_names_as_values(void **state)
{
    (void)state;
    for (size_t t = 0; t < TABLES; t++)
        for (const struct param *p = tables[t].params; p->key; p++) {
            assert_int_equal(p->type == PARAM_CHOICE, p->choices != NULL);
            size_t count = 0;
            while (p->choices && p->choices[count])
                count++;
            if (p->choices) assert_true((double)count == p->max + 1 && p->min == 0);
        }
}

// A2: the platform's documented defaults, and the ones that we assume beside them.
static void defaults_are_the_documented_ones(void **state)
{
    (void)state;
    struct scaling_config s;
    struct revision_config r;
    struct platform_config p;
    kit_defaults(scaling_params, &s);
    kit_defaults(revision_params, &r);
    kit_defaults(platform_params, &p);
    assert_true(s.keep_alive == 60 * SIM_SECOND && s.scaling_delay == 0);
    assert_true(s.min_concurrency == 0 && s.max_concurrency == 2);
    assert_true(s.concurrency_buffer == 0 && s.concurrency_buffer_perc == 0);
    assert_true(s.request_timeout == 3600 * SIM_SECOND);
    assert_true(r.max_multiplexing == 1 && r.startup_timeout == 600 * SIM_SECOND);
    assert_true(r.termination_grace_period == 5 * SIM_SECOND && r.drain == DRAIN_GRACE);
    assert_int_equal(r.auth_mode, AUTH_PRIVATE);             // D2
    assert_true(p.unused_runner_timeout == 10 * SIM_SECOND); // P4
    assert_true(p.crash_backoff == 30 * SIM_SECOND);         // P5
    assert_true(p.crash_backoff_max == 600 * SIM_SECOND);
    assert_true(p.capacity_retry == 20 * SIM_SECOND && p.capacity_wakeup);     // M3
    assert_true(p.retry_base == SIM_SECOND && p.retry_max == 30 * SIM_SECOND); // Q5
    assert_true(p.retry_jitter == .5);
}

// A1, Q1, Q9, C2: an app and its traffic when nothing is said.
static void nothing_is_limited_unless_said(void **state)
{
    (void)state;
    struct app_config a;
    struct traffic_config t;
    kit_defaults(app_params, &a);
    kit_defaults(traffic_params, &t);
    assert_true(a.max_parallel_starts == UINT32_MAX && !a.cancel_surplus_starts);
    assert_true(a.max_queue_length == UINT32_MAX && a.shared_idle == SHARED_IDLE_OWNER);
    assert_true(a.initial_runners == 0 && a.good_within == 2 * SIM_SECOND);
    assert_true(t.path == PATH_QUEUE && t.priority == PRIORITY_NORMAL);
    assert_true(t.start_timeout == SIM_NEVER && t.until == SIM_NEVER && t.max_attempts == 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_unique_and_explained),
        cmocka_unit_test(keys_of_an_app_do_not_collide),
        cmocka_unit_test(fallbacks_lie_in_their_range),
        cmocka_unit_test(fields_lie_in_their_struct_and_apart),
        cmocka_unit_test(choices_have_as_many_names_as_values),
        cmocka_unit_test(defaults_are_the_documented_ones),
        cmocka_unit_test(nothing_is_limited_unless_said),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
