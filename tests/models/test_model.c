#include "models/model.c"

#include "tests/kit_log.h"
#include "tests/sim/crash.h"

// Chance at work everywhere: stages, failures, responses, jitter, two paths, a floor that varies,
// two deploys.
static struct kit eventful(const char *strategy)
{
    struct kit kit = kit_new(3000);
    uint32_t app = kit_app(&kit, "A");
    struct dist varied = {.kind = DIST_EXPONENTIAL, .a = 4};
    struct revision_config *r = kit_first(&kit, app);
    kit_scaling(&kit, app)->max_concurrency = 6;
    kit.machines[0].pending = varied;
    r->image_cached = .5;
    r->docker_pull = r->setup = r->teardown = varied;
    r->setup_failure = .1;
    r->max_multiplexing = 2;
    r->responses[0] = (struct response_config){.status = 503, .probability = .05};
    r->response_count = 1;
    kit_poisson(&kit, app, .6, varied);
    kit_renewal(&kit, app, varied, varied)->path = PATH_DIRECT;
    kit_scale(&kit, app, 500)->min_concurrency = 3;
    kit_deploy(&kit, app, 1000, strategy);
    kit_deploy(&kit, app, 2000, strategy);
    return kit;
}

static struct trace_hash hash_of(struct kit *kit, uint64_t seed, uint32_t replication)
{
    struct trace_hash hash;
    trace_hash_start(&hash);
    const struct sim_trace trace = {trace_hash_record, &hash};
    kit->trace = &trace;
    assert_int_equal(kit_run(kit, seed, replication), SIM_DONE);
    kit->trace = NULL;
    return hash;
}

// O2: the same seed and replication, the same run; another of either, another run.
static void equal_seeds_run_alike(void **state)
{
    (void)state;
    struct kit kit = eventful("recreate");
    struct trace_hash first = hash_of(&kit, 42, 3), again = hash_of(&kit, 42, 3);
    assert_true(first.records > 10000);
    assert_true(first.value == again.value && first.records == again.records);
    assert_true(hash_of(&kit, 43, 3).value != first.value);
    assert_true(hash_of(&kit, 42, 4).value != first.value);
    kit_free(&kit);
}

// Event by event is the same run, and model_run() does the rest of it.
static void a_run_may_go_step_by_step(void **state)
{
    (void)state;
    struct kit kit = eventful("recreate");
    struct trace_hash whole = hash_of(&kit, 42, 3), steps;
    trace_hash_start(&steps);
    const struct sim_trace trace = {trace_hash_record, &steps};
    kit.trace = &trace;
    struct model *m = kit_create(&kit, 42, 3);
    assert_int_equal(model_advance(m, 1000 * SIM_SECOND), SIM_DONE);
    assert_false(model_rollout_over(m, 1)); // the deploy at 1000 has not begun
    while (model_next(m) < 1500 * SIM_SECOND)
        assert_int_equal(model_advance(m, model_next(m) + 1), SIM_DONE);
    assert_true(model_rollout_over(m, 1)); // recreate
    assert_int_equal(model_backlog(m, 0), waiting_count(&m->apps[0]));
    assert_int_equal(kit_finish(&kit, m), SIM_DONE);
    assert_true(steps.value == whole.value && steps.records == whole.records);
    kit_drop(&kit);
    kit_free(&kit);
}

static uint64_t run_in(struct arena *arena, struct kit *kit, uint64_t seed)
{
    struct trace_hash hash;
    trace_hash_start(&hash);
    const struct sim_trace trace = {trace_hash_record, &hash};
    kit->trace = &trace;
    arena_reset(arena);
    const struct scenario_config *config = kit_config(kit);
    struct model_options options = kit_options(kit, seed, 0);
    struct model *m = model_create(arena, config, &options);
    size_t used = arena_used(arena);
    assert_int_equal(model_run(m), SIM_DONE);
    assert_int_equal(arena_used(arena), used); // nothing allocates in a run
    kit->trace = NULL;
    return hash.value;
}

// An arena full of another run's remains is as good as a new one.
static void a_dirty_arena_changes_nothing(void **state)
{
    (void)state;
    struct kit kit = eventful("recreate"), other = eventful("rolling");
    struct arena *arena = arena_create(model_memory(kit_config(&kit)));
    uint64_t fresh = run_in(arena, &kit, 42);
    run_in(arena, &other, 7);
    assert_true(run_in(arena, &kit, 42) == fresh);
    arena_destroy(arena);
    assert_true(hash_of(&kit, 42, 0).value == fresh);
    kit_free(&kit);
}

static void allocate_in_a_made_model(void *argument)
{
    struct kit *kit = argument;
    kit_create(kit, 1, 0);
    arena_alloc(kit->arena, 1, 1);
}

static void a_made_model_allocates_nothing(void **state)
{
    (void)state;
    struct kit kit = eventful("recreate");
    struct crash crash = crash_of(allocate_in_a_made_model, &kit);
    assert_true(crash_is_bug(&crash, "sealed"));
}

// model_memory() suffices at the smallest limits and with many of everything; arena_alloc() would
// end the program.
static void the_promised_memory_suffices(void **state)
{
    (void)state;
    struct kit kit = kit_new(10);
    kit.config.limits = (struct limits_config){.runners = 1, .requests = 1, .events = 16};
    for (int i = 0; i < KIT_MAX; i++) {
        kit_app(&kit, "A");
        kit.apps[i].dispatch = (uint32_t)i % DISPATCH_POLICIES;
    }
    kit.config.series_step = 1;
    const struct series_sink sink = {0};
    kit.series = &sink;
    kit_create(&kit, 1, 0);
    kit_drop(&kit);
    kit.config.limits =
        (struct limits_config){.runners = 1000, .requests = 100000, .events = 30000};
    kit_create(&kit, 1, 0);
    kit_drop(&kit);
    enum { APPS = 500 };
    struct app_config *apps = calloc(APPS, sizeof *apps);
    struct revision_config *revisions = calloc(APPS, sizeof *revisions);
    kit_config(&kit);
    for (uint32_t i = 0; i < APPS; i++) {
        apps[i] = kit.apps[0];
        apps[i].first_revision = i;
        revisions[i] = kit.revisions[0];
    }
    struct scenario_config many = kit.config;
    many.apps = apps;
    many.revisions = revisions;
    many.app_count = many.revision_count = APPS;
    struct arena *arena = arena_create(model_memory(&many));
    struct model_options options = {.seed = 1, .series = &sink};
    model_create(arena, &many, &options);
    arena_destroy(arena);
    free(apps);
    free(revisions);
}

// One app with traffic from a trace; `more` is what takes memory.
static void with_more(struct kit *kit, int more)
{
    *kit = kit_new(10);
    kit->config.limits = (struct limits_config){.runners = 1000, .requests = 1000, .events = 1000};
    kit_app(kit, "A");
    kit_call(kit, 0, 0, 1);
    struct revision_config *first = kit_first(kit, 0);
    static const char *const scalers[] = {"knative", "oracle"};
    if (more >= 1 && more <= 2) kit->apps[0].autoscaler = kit_autoscaler(scalers[more - 1]);
    if (more == 3) first->image_nodes = 60000;
    if (more == 4) kit->apps[0].endpoints = 5000;
    if (more == 5) kit->apps[0].dispatch = DISPATCH_HINT;
    if (more == 5) kit->traffic[0].hints = 100000;
    if (more == 6) kit->traffic[0].kind = ARRIVAL_CLOSED_LOOP;
    if (more == 6) kit->traffic[0].users = 100000;
    if (more == 7) kit->config.limits.runners = 100000;
    if (more == 8) kit->config.limits.requests = 100000;
    if (more == 9) kit->config.limits.events = 100000;
    if (more == 10) kit_deploy(kit, 0, 5, "recreate");
    if (more == 11) kit_app(kit, "B");
    if (more == 12) kit_poisson(kit, 0, 1, dist_constant(1));
    if (more == 13) kit->config.caller_count = 100000; // nobody looks at them before a request
}

// Whatever a scenario has more of, model_memory() grows by at least what it takes, up to the
// alignment of single blocks.
static void each_thing_brings_the_memory_that_it_takes(void **state)
{
    (void)state;
    size_t used[14], promised[14];
    for (int more = 0; more <= 13; more++) {
        struct kit kit;
        with_more(&kit, more);
        promised[more] = model_memory(kit_config(&kit));
        kit_create(&kit, 1, 0);
        used[more] = arena_used(kit.arena);
        kit_drop(&kit);
        assert_true(used[more] <= promised[more]);
        if (more > 0 && used[more] - used[0] > promised[more] - promised[0] + 256)
            fail_msg("%d: takes %zu more, promises %zu more", more, used[more] - used[0],
                     promised[more] - promised[0]);
        if (more > 0) assert_true(used[more] > used[0] && promised[more] > promised[0]);
    }
}

// O1: among simultaneous events: what completes, then changes from outside, then arrivals, then
// limits that run out, then who looks on; the warm-up's end before them all.
static void phases_are_in_the_order_that_the_rules_need(void **state)
{
    (void)state;
    static const enum event_kind order[] = {EVENT_WARM_UP, EVENT_SERVICE_DONE, EVENT_TIMELINE,
                                            EVENT_ARRIVAL, EVENT_KEEP_ALIVE,   EVENT_SERIES};
    for (size_t i = 1; i < sizeof order / sizeof *order; i++)
        assert_true(handlers[order[i - 1]].phase < handlers[order[i]].phase);
    assert_int_equal(handlers[EVENT_SERVICE_DONE].phase, handlers[EVENT_RUNNER_STAGE].phase);
    assert_int_equal(handlers[EVENT_ARRIVAL].phase, handlers[EVENT_RETRY].phase);
    static const enum event_kind limits[] = {EVENT_OVERDUE, EVENT_START_TIMEOUT, EVENT_GRACE_OVER};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(handlers[limits[i]].phase, handlers[EVENT_KEEP_ALIVE].phase);
    for (int kind = 0; kind < EVENT_KINDS; kind++)
        assert_true(handlers[kind].name && handlers[kind].handle);
}

// O1: a call at the very instant of a deploy meets the new revision, one that ends there is done.
static void ties_with_a_deploy(void **state)
{
    (void)state;
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->keep_alive = SIM_NEVER;
    kit_call(&kit, app, 50, 50)->path = PATH_DIRECT;
    kit_call(&kit, app, 100, 1)->path = PATH_DIRECT;
    kit_deploy(&kit, app, 100, "recreate")->setup = dist_constant(9);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@50 0@109");
    kit_is(&kit, "killed_in_flight", "app=A", 0);
    kit_is(&kit, "requests", "app=A,outcome=ok", 2);
    kit_log_free(&log);
    kit_free(&kit);
}

// Statistics begin anew at the end of the warm-up, the state stays: a busy runner, a waiting
// request.
static void the_warm_up_keeps_the_state(void **state)
{
    (void)state;
    struct kit kit = kit_new(300);
    kit.config.warm_up = sim_from_seconds(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit.apps[app].initial_runners = 1;
    kit_call(&kit, app, 10, 150); // to 160
    kit_call(&kit, app, 50, 20);  // 160 to 180
    kit_call(&kit, app, 100, 20); // 180 to 200, the only one that counts
    kit_run(&kit, 1, 0);
    kit_is(&kit, "arrivals", "app=A", 1);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_is(&kit, "wait_mean_s", "app=A", 80);
    kit_is(&kit, "runner_starts", "app=A", 0);
    kit_is(&kit, "runners_max", "app=A", 1);
    kit_is(&kit, "queue_length_mean", "app=A", (60 + 80) / 200.);
    kit_is(&kit, "queue_length_max", "app=A", 2);
    kit_is(&kit, "in_flight_mean", "app=A", 100. / 200);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 100);
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 100);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=idle", 100);
    kit_free(&kit);
}

// Both revisions serve from 20 to 60, two cold starts took 8 s each, machines were unlimited once:
// the warm-up ends in the middle of that, or after it.
static void the_warm_up_forgets_the_past(void **state)
{
    (void)state;
    for (int late = 0; late < 2; late++) {
        struct kit kit = kit_new(300);
        kit.config.warm_up = sim_from_seconds(late ? 70 : 50);
        uint32_t app = kit_app(&kit, "A");
        kit_first(&kit, app)->drain = DRAIN_WAIT;
        kit_first(&kit, app)->setup = dist_constant(8);
        kit_scaling(&kit, app)->keep_alive = sim_from_seconds(5);
        kit_call(&kit, app, 0, 52);  // 8 to 60
        kit_call(&kit, app, 12, 80); // 20 to 100, on the new revision
        kit_deploy(&kit, app, 10, "recreate");
        kit_capacity(&kit, late ? 65 : 40, 0, 4);
        kit_run(&kit, 1, 0);
        kit_is(&kit, "mixed_version_time_s", "app=A", late ? 0 : 10);
        kit_is(&kit, "runners_max", "app=A", late ? 1 : 2);
        kit_is(&kit, "cold_start_mean_s", "app=A", NAN);
        kit_is(&kit, "machine_capacity_s", "machine_type=GPU-A100", late ? 4 * 230 : 4 * 250);
        kit_free(&kit);
    }
}

// A runner that expired at 75, before the end of the warm-up, is no stop and no life; one that
// expires at 165 is, to the nanosecond.
static void the_warm_up_forgets_runners_that_have_stopped(void **state)
{
    (void)state;
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_call(&kit, app, 10, 5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 1);
    kit_is(&kit, "runner_life_mean_s", "app=A", 65);
    kit.config.warm_up = sim_from_seconds(100);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 0);
    kit_is(&kit, "runner_life_mean_s", "app=A", NAN);
    kit_call(&kit, app, 100, 5);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=keep_alive", 1);
    assert_true(kit_get(&kit, "runner_life_mean_s", "app=A") == 65);
    kit_free(&kit);
}

static void a_stopped_run_says_so(void **state)
{
    (void)state;
    struct kit kit = eventful("recreate");
    const bool stop = true;
    kit_create(&kit, 1, 0);
    kit_drop(&kit);
    struct arena *arena = arena_create(model_memory(kit_config(&kit)));
    struct model_options options = kit_options(&kit, 1, 0);
    options.stop = &stop;
    struct model *m = model_create(arena, &kit.config, &options);
    assert_int_equal(model_run(m), SIM_STOPPED);
    assert_null(model_fault_text(m));
    assert_int_equal(model_events(m), 0);
    arena_destroy(arena);
}

static void too_many_events_end_the_run_with_a_message(void **state)
{
    (void)state;
    struct kit kit = eventful("recreate");
    kit.config.limits.events = 16;
    kit_first(&kit, 0)->max_multiplexing = 1000;
    assert_int_equal(kit_run(&kit, 1, 0), SIM_FAULT);
    assert_non_null(strstr(kit.fault, "/limits/events"));
    kit_free(&kit);
}

// Delays that are all 0 would go round for ever at one instant; that is a fault with a message.
static void a_scenario_that_stands_still_ends(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = 1;
    kit_first(&kit, app)->setup_failure = 1;
    kit.config.platform.crash_backoff = 0;
    assert_int_equal(kit_run(&kit, 1, 0), SIM_FAULT);
    assert_non_null(strstr(kit.fault, "time stands still"));
    kit_free(&kit);
}

// Streams of purposes, apps and indices differ.
static void streams_do_not_collide(void **state)
{
    (void)state;
    uint64_t seen[1000];
    size_t count = 0;
    for (enum stream_purpose p = STREAM_ARRIVAL; p <= STREAM_TEARDOWN; p++)
        for (uint32_t app = 0; app < 9; app++)
            for (uint32_t index = 0; index < 9; index++)
                seen[count++] = model_stream(p, app, index);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(seen[i] != seen[j]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_seeds_run_alike),
        cmocka_unit_test(a_run_may_go_step_by_step),
        cmocka_unit_test(a_dirty_arena_changes_nothing),
        cmocka_unit_test(a_made_model_allocates_nothing),
        cmocka_unit_test(the_promised_memory_suffices),
        cmocka_unit_test(phases_are_in_the_order_that_the_rules_need),
        cmocka_unit_test(ties_with_a_deploy),
        cmocka_unit_test(the_warm_up_keeps_the_state),
        cmocka_unit_test(the_warm_up_forgets_the_past),
        cmocka_unit_test(a_stopped_run_says_so),
        cmocka_unit_test(too_many_events_end_the_run_with_a_message),
        cmocka_unit_test(a_scenario_that_stands_still_ends),
        cmocka_unit_test(streams_do_not_collide),
        cmocka_unit_test(each_thing_brings_the_memory_that_it_takes),
        cmocka_unit_test(the_warm_up_forgets_runners_that_have_stopped),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
