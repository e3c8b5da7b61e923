#include "tests/bench/probe.h"

#include "bench/input/scenario_timeline.c"
#include "models/tuning.h"

#include "models/rollout.h"

static const struct timeline_config *event(const struct probe *p, uint32_t index)
{
    assert_true(index < probe_config(p)->timeline_count);
    return &probe_config(p)->timeline[index];
}

static const struct revision_config *revision(const struct probe *p, uint32_t index)
{
    assert_true(index < probe_config(p)->revision_count);
    return &probe_config(p)->revisions[index];
}

static void events_are_sorted_by_time_and_ties_keep_their_order(void **state)
{
    (void)state;
    struct probe p = probe_right(
        PROBE_EVENT,
        "{\"at\": \"9m\", \"deploy\": {\"app\": \"A\"}},"
        "{\"at\": \"1m\", \"capacity\": {\"machine_type\": \"GPU-A100\", \"capacity\": 5}},"
        "{\"at_s\": 60, \"capacity\": {\"machine_type\": \"GPU-A100\", \"capacity\": 6}},"
        "{\"at\": \"3m\", \"deploy\": {\"app\": \"A\", \"strategy\": \"rolling\", "
        "\"min_ready\": 2}}");
    assert_int_equal(event(&p, 0)->capacity, 5);
    assert_int_equal(event(&p, 1)->capacity, 6);
    assert_int_equal(event(&p, 2)->at, 180 * SIM_SECOND);
    assert_string_equal(event(&p, 2)->name, "1");
    assert_string_equal(event(&p, 3)->name, "2");
    assert_int_equal(event(&p, 2)->revision, 1);
    assert_int_equal(event(&p, 3)->revision, 2);
    assert_int_equal(event(&p, 2)->min_ready, 2);
    assert_int_equal(event(&p, 3)->min_ready, 1);
    assert_string_equal(rollout_policies[event(&p, 2)->strategy]->name, "rolling");
    assert_string_equal(rollout_policies[event(&p, 3)->strategy]->name, "recreate");
    assert_string_equal(revision(&p, 0)->name, "1");
    assert_string_equal(revision(&p, 2)->name, "3");
    probe_close(&p);
}

// R8: what a deploy does that names no strategy.
static void the_default_strategy_follows_the_defaults(void **state)
{
    (void)state;
    static const char *const names[][2] = {{"seed", "recreate"}, {"current", "rolling"}};
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 PROBE_HEAD PROBE_APPS ", \"defaults\": \"%s\", \"timeline\": "
                                       "[{\"at\": \"1m\", \"deploy\": {\"app\": \"A\"}}]}",
                 names[i][0]);
        struct probe p = probe_load(text, NULL);
        assert_string_equal(p.scenario.defaults, names[i][0]);
        assert_string_equal(rollout_policies[event(&p, 0)->strategy]->name, names[i][1]);
        probe_close(&p);
    }
}

static void a_change_is_merged_into_the_revision_before_it(void **state)
{
    (void)state;
    struct probe p = probe_load(
        PROBE_HEAD
        "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"setup\": {\"lognormal\": "
        "{\"median\": "
        "\"25s\", \"sigma\": 1}}, \"max_multiplexing\": 3, \"docker_pull\": {\"cached\": 0.5, "
        "\"time\": {\"exponential\": \"5s\"}}, \"responses\": {\"500\": 0.1, \"503\": 0.2}}},"
        "\"timeline\": ["
        "{\"at\": \"3m\", \"deploy\": {\"app\": \"A\", \"change\": {\"max_multiplexing\": null}}},"
        "{\"at\": \"2m\", \"deploy\": {\"app\": \"A\", \"change\": {\"setup_s\": 40, "
        "\"docker_pull\": {\"time\": \"7s\"}, \"responses\": {\"500\": null, \"crash\": 0.3}}}}]}",
        NULL);
    assert_string_equal(p.messages, "");
    const struct revision_config *second = revision(&p, 1), *third = revision(&p, 2);
    assert_int_equal(revision(&p, 0)->setup.kind, DIST_LOGNORMAL);
    assert_int_equal(second->setup.kind, DIST_CONSTANT); // a distribution is replaced as a whole
    assert_true(second->setup.a >= 40);
    assert_int_equal(second->max_multiplexing, 3);
    assert_true(second->image_cached >= 0.5 && second->image_cached <= 0.5);
    assert_int_equal(second->docker_pull.kind, DIST_CONSTANT);
    assert_int_equal(second->response_count, 2);
    assert_int_equal(second->responses[0].status, 503);
    assert_int_equal(second->responses[1].status, 0);
    assert_int_equal(third->max_multiplexing, 1); // null gives the default back
    assert_true(third->setup.a >= 40);
    probe_close(&p);
}

static void settings_at_run_time_survive_a_deploy_unless_reset(void **state)
{
    (void)state;
    struct probe p = probe_load(
        PROBE_HEAD
        "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"max_concurrency\": 4}}, "
        "\"timeline\": ["
        "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"max_concurrency\": 9}},"
        "{\"at\": \"2m\", \"deploy\": {\"app\": \"A\"}},"
        "{\"at\": \"3m\", \"scale\": {\"app\": \"A\", \"keep_alive\": \"5s\"}},"
        "{\"at\": \"4m\", \"deploy\": {\"app\": \"A\", \"reset_scale\": true, \"change\": "
        "{\"min_concurrency\": 2}}},"
        "{\"at\": \"5m\", \"scale\": {\"app\": \"A\", \"concurrency_buffer\": 1}}]}",
        NULL);
    assert_string_equal(p.messages, "");
    assert_int_equal(event(&p, 0)->scaling.max_concurrency, 9);
    assert_int_equal(event(&p, 2)->scaling.max_concurrency, 9);
    assert_int_equal(event(&p, 2)->scaling.keep_alive, 5 * SIM_SECOND);
    assert_true(event(&p, 3)->reset_scale);
    assert_int_equal(event(&p, 4)->scaling.max_concurrency, 4);
    assert_int_equal(event(&p, 4)->scaling.min_concurrency, 2);
    assert_int_equal(event(&p, 4)->scaling.keep_alive, 60 * SIM_SECOND);
    assert_int_equal(event(&p, 4)->scaling.concurrency_buffer, 1);
    assert_int_equal(revision(&p, 1)->scaling.max_concurrency, 4); // the code's values
    probe_close(&p);
}

// A4: a scale event changes what it names, and settings of the code until the next deploy.
static void a_scale_event_changes_what_it_names(void **state)
{
    (void)state;
    struct probe p =
        probe_load(PROBE_HEAD PROBE_APPS
                   ", \"timeline\": ["
                   "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"keep_alive_s\": 9}},"
                   "{\"at\": \"2m\", \"scale\": {\"app\": \"A\", \"max_multiplexing\": 7, "
                   "\"startup_timeout\": \"2m\"}}]}",
                   NULL);
    struct scaling_config scaling = {.max_concurrency = 77, .keep_alive = 1};
    tuning_apply(&scaling, event(&p, 0));
    assert_int_equal(scaling.max_concurrency, 77);
    assert_true(scaling.keep_alive == 9 * SIM_SECOND);
    assert_int_equal(event(&p, 0)->max_multiplexing, 0);
    assert_int_equal(event(&p, 1)->max_multiplexing, 7);
    assert_true(event(&p, 1)->startup_timeout == 120 * SIM_SECOND);
    assert_int_equal(event(&p, 1)->scaling_given, 0);
    probe_close(&p);
    static const struct probe_row rows[] = {
        {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"max_multiplexing\": 0}}",
         "2:56: error[E0304]: /timeline/0/scale/max_multiplexing", "from 1 to 10000"},
        {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"startup_timeout\": \"0s\"}}",
         "2:55: error[E0304]: /timeline/0/scale/startup_timeout", "at least 1ms"},
        {PROBE_EVENT, "{\"at\": \"1m\", \"scale\": {\"app\": \"A\", \"num_gpus\": 2}}",
         "2:36: error[E0301]: /timeline/0/scale/num_gpus", "belongs in /apps/NAME"},
    };
    PROBE_ROWS(rows);
}

static void revisions_of_an_app_stand_together(void **state)
{
    (void)state;
    struct probe p =
        probe_load(PROBE_HEAD "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\"},"
                              "\"B\": {\"machine_type\": \"GPU-H100\"}}, \"timeline\": ["
                              "{\"at\": \"1m\", \"deploy\": {\"app\": \"B\"}},"
                              "{\"at\": \"2m\", \"deploy\": {\"app\": \"A\"}},"
                              "{\"at\": \"3m\", \"deploy\": {\"app\": \"B\"}}]}",
                   NULL);
    const struct scenario_config *c = probe_config(&p);
    assert_int_equal(c->revision_count, 5);
    assert_int_equal(c->apps[0].first_revision, 0);
    assert_int_equal(c->apps[0].revisions, 2);
    assert_int_equal(c->apps[1].first_revision, 2);
    assert_int_equal(c->apps[1].revisions, 3);
    assert_int_equal(event(&p, 0)->revision, 3);
    assert_int_equal(event(&p, 1)->revision, 1);
    assert_int_equal(event(&p, 2)->revision, 4);
    assert_string_equal(revision(&p, 4)->name, "3");
    probe_close(&p);
}

static void a_deploy_during_the_warm_up_is_suspicious(void **state)
{
    (void)state;
    struct probe p =
        probe_load(PROBE_HEAD PROBE_APPS ", \"warm_up\": \"2m\", \"timeline\": ["
                                         "{\"at\": \"1m\", \"deploy\": {\"app\": \"A\"}}]}",
                   NULL);
    assert_true(p.good);
    assert_non_null(
        strstr(p.messages, "warning[W0402]: /timeline/0: the deploy is during the warm-up"));
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_sorted_by_time_and_ties_keep_their_order),
        cmocka_unit_test(the_default_strategy_follows_the_defaults),
        cmocka_unit_test(a_change_is_merged_into_the_revision_before_it),
        cmocka_unit_test(settings_at_run_time_survive_a_deploy_unless_reset),
        cmocka_unit_test(a_scale_event_changes_what_it_names),
        cmocka_unit_test(revisions_of_an_app_stand_together),
        cmocka_unit_test(a_deploy_during_the_warm_up_is_suspicious),
    };
    return cmocka_run_group_tests_name("scenario_timeline", tests, NULL, NULL);
}
