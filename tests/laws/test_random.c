// Small random scenarios, each run under the laws of watch.h; some are run twice, for the same
// bytes.

#include "tests/laws/watch.h"

enum { SCENARIOS = 300 };

static const uint64_t seed = 42;

// Choices of one scenario: words of its own stream, one after the other.
struct dice {
    struct rng_stream stream;
    uint64_t next;
};

static uint32_t up_to(struct dice *dice, uint32_t most) // 0 to most
{
    return (uint32_t)(rng_word(&dice->stream, dice->next++) % (most + 1));
}

static bool chance(struct dice *dice, uint32_t percent)
{
    return up_to(dice, 99) < percent;
}

// Constants often, so that things happen at one instant; 0 too.
static struct dist some_time(struct dice *dice, uint32_t most_s)
{
    if (chance(dice, 50)) return dist_constant(up_to(dice, most_s));
    return (struct dist){.kind = DIST_EXPONENTIAL, .a = 1 + up_to(dice, most_s)};
}

static sim_time some_limit(struct dice *dice, uint32_t most_s)
{
    return up_to(dice, most_s) * SIM_SECOND;
}

static void roll_scaling(struct dice *dice, struct scaling_config *s)
{
    s->min_concurrency = chance(dice, 50) ? 0 : up_to(dice, 3);
    s->max_concurrency = 1 + up_to(dice, 7);
    s->concurrency_buffer = chance(dice, 70) ? 0 : up_to(dice, 2);
    s->concurrency_buffer_perc = chance(dice, 80) ? 0 : 10. * up_to(dice, 20);
    s->keep_alive = chance(dice, 5) ? SIM_NEVER : some_limit(dice, 40);
    s->scaling_delay = chance(dice, 70) ? 0 : some_limit(dice, 5);
    s->request_timeout = chance(dice, 70) ? SIM_NEVER : some_limit(dice, 20) + SIM_SECOND;
}

static void roll_revision(struct dice *dice, struct revision_config *r)
{
    static const uint32_t statuses[] = {0, 400, 500, 502, 503, 504};
    r->machine_count = 1 + up_to(dice, 1);
    r->machines[0] = up_to(dice, 1);
    r->machines[1] = 1 - r->machines[0];
    r->num_gpus = chance(dice, 70) ? 1 : 1 + up_to(dice, 3);
    r->max_multiplexing = chance(dice, 50) ? 1 : 1 + up_to(dice, 4);
    r->image_cached = .25 * up_to(dice, 4);
    r->docker_pull = some_time(dice, 5);
    r->setup = some_time(dice, 30);
    r->teardown = some_time(dice, 8);
    r->setup_failure = chance(dice, 60) ? 0 : .1 * up_to(dice, 9);
    r->startup_timeout = chance(dice, 70) ? SIM_NEVER : some_limit(dice, 20) + SIM_SECOND;
    r->termination_grace_period = some_limit(dice, 10);
    r->drain = chance(dice, 70) ? DRAIN_GRACE : DRAIN_WAIT;
    r->service_factor = chance(dice, 70) ? 1 : .5 + .25 * up_to(dice, 5);
    r->auth_mode = up_to(dice, AUTH_MODES - 1);
    r->response_count = up_to(dice, 2);
    for (uint32_t i = 0; i < r->response_count; i++)
        r->responses[i] =
            (struct response_config){.status = statuses[up_to(dice, 5)], .probability = .2};
    roll_scaling(dice, &r->scaling);
}

static void roll_app(struct dice *dice, struct kit *kit, const char *name)
{
    uint32_t id = kit_app(kit, name), policies = 0;
    struct app_config *app = &kit->apps[id];
    while (autoscaler_policies[policies])
        policies++;
    roll_revision(dice, kit_first(kit, id));
    app->autoscaler = chance(dice, 70) ? 0 : up_to(dice, policies - 1);
    app->dispatch = up_to(dice, DISPATCH_POLICIES - 1);
    app->max_parallel_starts = chance(dice, 80) ? UINT32_MAX : 1 + up_to(dice, 2);
    app->cancel_surplus_starts = chance(dice, 30);
    app->max_queue_length = chance(dice, 80) ? UINT32_MAX : up_to(dice, 10);
    app->initial_runners = chance(dice, 50) ? 0 : up_to(dice, 3);
    app->shared_idle = up_to(dice, 1);
    for (uint32_t deploys = up_to(dice, 3); deploys > 0; deploys--) {
        const char *strategy = chance(dice, 50) ? "recreate" : "rolling";
        struct revision_config *r = kit_deploy(kit, id, 0, strategy);
        const char *number = r->name;
        roll_revision(dice, r);
        r->name = number;
        kit->timeline[kit->config.timeline_count - 1].min_ready = 1 + up_to(dice, 2);
        kit->timeline[kit->config.timeline_count - 1].reset_scale = chance(dice, 30);
    }
    if (chance(dice, 30)) roll_scaling(dice, kit_scale(kit, id, 0));
}

// How they arrive; all kinds but traces and closed loops.
static void roll_arrivals(struct dice *dice, struct traffic_config *t)
{
    static const enum arrival_kind kinds[] = {
        ARRIVAL_POISSON,     ARRIVAL_RENEWAL, ARRIVAL_PIECEWISE, ARRIVAL_DIURNAL,
        ARRIVAL_FLASH_CROWD, ARRIVAL_MMPP,    ARRIVAL_COUNTS};
    static const struct rate_step steps[] = {
        {0, .5}, {60 * SIM_SECOND, 0}, {90 * SIM_SECOND, 2}, {100 * SIM_SECOND, .1}};
    static const double second[] = {0, 1}, first[] = {1, 1};
    static const struct mmpp_state states[] = {{"a", 2, 9, second}, {"b", .1, 50, first}};
    static const struct mmpp mmpp = {states, first, 2};
    static const uint32_t counts[] = {3, 0, 25, 1, 1, 0, 9};
    t->kind = kinds[up_to(dice, sizeof kinds / sizeof *kinds - 1)];
    t->diurnal = (struct diurnal){up_to(dice, 4) / 4., 200 * SIM_SECOND, 50 * SIM_SECOND};
    t->crowd = (struct flash_crowd){60 * SIM_SECOND, up_to(dice, 3) * SIM_SECOND, 9 * SIM_SECOND,
                                    up_to(dice, 20) * SIM_SECOND, 1 + up_to(dice, 5)};
    t->mmpp = &mmpp;
    t->counts = (struct arrival_counts){counts, 7, 30 * SIM_SECOND, 0, chance(dice, 50)};
    t->interarrival = dist_constant(1 + up_to(dice, 9));
    t->steps = steps;
    t->step_count = 4;
    if (chance(dice, 50)) t->repeat = 120 * SIM_SECOND;
    t->interpolate = t->repeat != SIM_NEVER && chance(dice, 30);
}

static void roll_traffic(struct dice *dice, struct kit *kit)
{
    struct traffic_config *t = kit_poisson(kit, up_to(dice, kit->config.app_count - 1),
                                           .05 + .1 * up_to(dice, 9), some_time(dice, 12));
    roll_arrivals(dice, t);
    t->caller = up_to(dice, kit->config.caller_count - 1);
    t->path = up_to(dice, PATHS - 1);
    t->priority = up_to(dice, PRIORITIES - 1);
    t->start_timeout = chance(dice, 60) ? SIM_NEVER : some_limit(dice, 30);
    t->max_attempts = 1 + up_to(dice, 9);
    t->has_cold_service = chance(dice, 20);
    t->cold_service = dist_constant(up_to(dice, 9));
}

static int by_time(const void *a, const void *b)
{
    const struct timeline_config *left = a, *right = b;
    return (left->at > right->at) - (left->at < right->at);
}

// Deploys of an app keep their order, since their times are given out in it; many things happen at
// whole seconds.
static void roll_times(struct dice *dice, struct kit *kit)
{
    uint32_t count = kit->config.timeline_count,
             horizon_s = (uint32_t)(kit->config.horizon / SIM_SECOND);
    for (uint32_t i = 0; i < count; i++)
        kit->timeline[i].at = some_limit(dice, horizon_s - 1);
    qsort(kit->timeline, count, sizeof *kit->timeline, by_time);
    for (uint32_t i = 0; i < count; i++)
        kit->timeline[i].name = kit_numbers[i];
}

static struct kit roll(uint32_t number)
{
    static const char *const names[] = {"A", "B", "C"};
    struct dice dice = {.next = 0};
    rng_stream_open(&dice.stream, seed, number, 0);
    struct kit kit = kit_new(200 + 100 * up_to(&dice, 8));
    kit.config.warm_up = chance(&dice, 50) ? 0 : some_limit(&dice, 150);
    for (uint32_t i = 0; i < 2; i++) {
        kit.machines[i].capacity = chance(&dice, 40) ? UINT32_MAX : up_to(&dice, 12);
        kit.machines[i].pending = some_time(&dice, 4);
    }
    struct platform_config *p = &kit.config.platform;
    p->capacity_wakeup = chance(&dice, 70);
    p->unused_runner_timeout = chance(&dice, 80) ? 10 * SIM_SECOND : SIM_NEVER;
    p->crash_backoff = some_limit(&dice, 30) + SIM_SECOND;
    p->retry_jitter = chance(&dice, 50) ? 0 : .5;
    for (uint32_t apps = 1 + up_to(&dice, 2), i = 0; i < apps; i++)
        roll_app(&dice, &kit, names[i]);
    for (uint32_t sources = 1 + up_to(&dice, 4), i = 0; i < sources; i++)
        roll_traffic(&dice, &kit);
    if (chance(&dice, 20)) kit_capacity(&kit, 0, up_to(&dice, 1), up_to(&dice, 12));
    roll_times(&dice, &kit);
    return kit;
}

// Nobody exceeds a capacity that does not change.
static void expect_within_capacity(const struct kit *kit)
{
    for (size_t i = 0; i < kit->value_count; i++)
        if (strcmp(kit->values[i].metric->name, "machine_allocated_ratio") == 0)
            assert_false(kit->values[i].value > 1 + 1e-12);
}

static bool changes_capacity(const struct kit *kit)
{
    for (uint32_t i = 0; i < kit->config.timeline_count; i++)
        if (kit->timeline[i].kind == TIMELINE_CAPACITY) return true;
    return false;
}

static void random_scenarios_obey_the_laws(void **state)
{
    (void)state;
    static struct watch watch;
    uint64_t begins = 0, events = 0;
    print_message("    seed %llu\n", (unsigned long long)seed);
    for (uint32_t i = 0; i < SCENARIOS; i++) {
        struct kit kit = roll(i);
        if (getenv("WATCH_VERBOSE")) print_message("    scenario %u\n", (unsigned)i);
        watch_run(&kit, &watch, seed, i);
        begins += watch.begins;
        events += watch.events;
        if (!changes_capacity(&kit)) expect_within_capacity(&kit);
        if (i % 10 == 0) {
            uint64_t hash = watch.hash.value;
            watch_run(&kit, &watch, seed, i);
            assert_true(watch.hash.value == hash);
        }
        kit_free(&kit);
    }
    print_message("    %u scenarios, %llu events, %llu attempts\n", (unsigned)SCENARIOS,
                  (unsigned long long)events, (unsigned long long)begins);
    assert_true(begins > 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_scenarios_obey_the_laws),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
