#pragma once

#include "tests/laws/watch.h"

// Small random scenarios.  Every rule of the platform has its share: what a user can write in a
// file comes up here, alone and together, often at whole seconds so that things happen at one
// instant.
//
//   struct kit kit = dice_scenario(seed, number);

// Choices of one scenario: words of its own stream, one after the other.
struct dice {
    struct rng_stream stream;
    uint64_t next;
};

static inline uint32_t dice_up_to(struct dice *dice, uint32_t most) // 0 to most
{
    return (uint32_t)(rng_word(&dice->stream, dice->next++) % (most + 1));
}

static inline bool dice_chance(struct dice *dice, uint32_t percent)
{
    return dice_up_to(dice, 99) < percent;
}

// Constants often, so that things happen at one instant; 0 too.
static inline struct dist dice_time(struct dice *dice, uint32_t most_s)
{
    if (dice_chance(dice, 50)) return dist_constant(dice_up_to(dice, most_s));
    return (struct dist){.kind = DIST_EXPONENTIAL, .a = 1 + dice_up_to(dice, most_s)};
}

static inline sim_time dice_limit(struct dice *dice, uint32_t most_s)
{
    return dice_up_to(dice, most_s) * SIM_SECOND;
}

// Machines and the platform.

enum { DICE_MACHINES = 4 };

static inline void dice_machine(struct dice *dice, struct machine_config *c)
{
    static const struct surge_config surges[] = {
        {50 * SIM_SECOND, 100 * SIM_SECOND, 2},
        {100 * SIM_SECOND, 150 * SIM_SECOND, 1.0 / 3},
        {170 * SIM_SECOND, 700 * SIM_SECOND, 1.5},
    };
    c->capacity = dice_chance(dice, 40) ? UINT32_MAX : dice_up_to(dice, 12);
    c->pending = dice_time(dice, 4);
    if (dice_chance(dice, 15)) c->reclaim = dice_time(dice, 120);
    c->reclaim_notice = dice_limit(dice, 10);
    if (!dice_chance(dice, 25)) return;
    c->surges = surges;
    c->surge_count = 1 + dice_up_to(dice, 2);
}

// Two types anywhere, and one in two regions.
static inline void dice_machines(struct dice *dice, struct kit *kit)
{
    static const char *const regions[] = {"us-west", "eu-north"};
    for (uint32_t i = 2; i < DICE_MACHINES; i++) {
        kit->machines[i] = kit->machines[0];
        kit->machines[i].name = "GPU-H100";
        kit->machines[i].region = regions[i - 2];
        kit->machines[i].region_id = i - 1;
        kit->machines[i].price_usd_per_s = 0.0011;
    }
    kit->config.machine_count = DICE_MACHINES;
    for (uint32_t i = 0; i < DICE_MACHINES; i++)
        dice_machine(dice, &kit->machines[i]);
}

static inline void dice_platform(struct dice *dice, struct platform_config *p)
{
    static const struct tier_config tiers[] = {
        {"nvme", {.kind = DIST_CONSTANT, .a = 12}},
        {"store", {.kind = DIST_UNIFORM, .a = 1.5, .b = 8}},
    };
    p->capacity_wakeup = dice_chance(dice, 70);
    p->unused_runner_timeout = dice_chance(dice, 80) ? 10 * SIM_SECOND : SIM_NEVER;
    p->crash_backoff = dice_limit(dice, 30) + SIM_SECOND;
    p->retry_jitter = dice_chance(dice, 50) ? 0 : .5;
    p->billing_granularity = dice_chance(dice, 70) ? BILLING_EXACT : BILLING_EXACT + 1;
    p->tiers = tiers;
    p->tier_count = 2;
}

// Apps.

static inline void dice_scaling(struct dice *dice, struct scaling_config *s)
{
    s->min_concurrency = dice_chance(dice, 50) ? 0 : dice_up_to(dice, 3);
    s->max_concurrency = 1 + dice_up_to(dice, 7);
    s->concurrency_buffer = dice_chance(dice, 70) ? 0 : dice_up_to(dice, 2);
    s->concurrency_buffer_perc = dice_chance(dice, 80) ? 0 : 10. * dice_up_to(dice, 20);
    s->keep_alive = dice_chance(dice, 5) ? SIM_NEVER : dice_limit(dice, 40);
    s->scaling_delay = dice_chance(dice, 70) ? 0 : dice_limit(dice, 5);
    s->request_timeout = dice_chance(dice, 70) ? SIM_NEVER : dice_limit(dice, 20) + SIM_SECOND;
    s->buffer_mode = dice_chance(dice, 80) ? BUFFER_ADD : BUFFER_MAX;
    s->perc_of = dice_chance(dice, 80) ? PERC_OF_RUNNERS : PERC_OF_REQUESTS;
}

// A few of the rows, in any order.
static inline void dice_places(struct dice *dice, struct revision_config *r)
{
    uint32_t rows[DICE_MACHINES] = {0, 1, 2, 3};
    r->machine_count = 1 + dice_up_to(dice, DICE_MACHINES - 1);
    for (uint32_t i = 0; i < r->machine_count; i++) {
        uint32_t k = i + dice_up_to(dice, DICE_MACHINES - 1 - i), row = rows[k];
        rows[k] = rows[i];
        r->machines[i] = row;
    }
}

static inline void dice_start(struct dice *dice, struct revision_config *r)
{
    static const struct setup_step ladder[] = {
        {"libraries", {.kind = DIST_CONSTANT, .a = 2}, 0, 0},
        {"weights", {.kind = DIST_CONSTANT}, 24, 1},
        {"compile", {.kind = DIST_EXPONENTIAL, .a = 5}, 0, 0},
        {"local", {.kind = DIST_CONSTANT}, 24, 0},
    };
    r->image_cached = .25 * dice_up_to(dice, 4);
    r->image_nodes = dice_chance(dice, 70) ? 0 : 1 + dice_up_to(dice, 5);
    r->docker_pull = dice_time(dice, 5);
    r->setup = dice_time(dice, 30);
    r->steps = ladder;
    r->step_count = dice_chance(dice, 70) ? 0 : 1 + dice_up_to(dice, 3);
    r->first_in_region_factor = dice_chance(dice, 70) ? 1 : 3;
    r->cache_lifetime = dice_chance(dice, 50) ? SIM_NEVER : dice_limit(dice, 60);
    r->setup_failure = dice_chance(dice, 60) ? 0 : .1 * dice_up_to(dice, 9);
    r->startup_timeout = dice_chance(dice, 70) ? SIM_NEVER : dice_limit(dice, 20) + SIM_SECOND;
    r->teardown = dice_time(dice, 8);
    r->termination_grace_period = dice_limit(dice, 10);
    r->drain = dice_chance(dice, 70) ? DRAIN_GRACE : DRAIN_WAIT;
}

static inline void dice_faults(struct dice *dice, struct revision_config *r)
{
    if (dice_chance(dice, 20)) r->mtbf = dice_time(dice, 150);
    if (dice_chance(dice, 20)) r->sick_after = dice_time(dice, 100);
    r->sick_response = 500 + dice_up_to(dice, 5);
    r->sick_asks_for_check = dice_chance(dice, 30);
    r->has_health_check = dice_chance(dice, 40);
    r->health = (struct health_config){
        .interval = dice_limit(dice, 14) + SIM_SECOND,
        .timeout = dice_limit(dice, 5),
        .failures = 1 + dice_up_to(dice, 2),
        .start_period = dice_limit(dice, 30),
    };
    r->health_check_failure = dice_chance(dice, 60) ? 0 : .1 * dice_up_to(dice, 9);
}

static inline void dice_responses(struct dice *dice, struct revision_config *r)
{
    static const uint32_t statuses[] = {0, 400, 429, 500, 501, 502, 503, 504};
    r->response_count = dice_up_to(dice, 2);
    for (uint32_t i = 0; i < r->response_count; i++) {
        r->responses[i] = (struct response_config){
            .status = statuses[dice_up_to(dice, 7)],
            .probability = dice_chance(dice, 80) ? .2 : .5,
            .needs_retry = dice_chance(dice, 70) ? HEADER_ABSENT : dice_up_to(dice, 2),
            .stop_runner = dice_chance(dice, 70) ? HEADER_ABSENT : dice_up_to(dice, 2),
        };
    }
    for (int c = 0; c < RETRY_CONDITIONS; c++)
        r->retry_budgets[c] = dice_chance(dice, 70) ? 10 : dice_up_to(dice, 3);
    r->fails_at = dice_up_to(dice, 1);
}

static inline void dice_slowdown(struct dice *dice, struct slowdown_config *s)
{
    static const double table[] = {1, 1.25, 3, 3.5};
    static const double factors[] = {1, .1, 0, 2.5};
    *s = (struct slowdown_config){.kind = SLOWDOWN_NONE};
    if (dice_chance(dice, 60)) return;
    *s = dice_chance(dice, 50)
             ? (struct slowdown_config){.kind = SLOWDOWN_FACTOR,
                                        .factor = factors[dice_up_to(dice, 3)]}
             : (struct slowdown_config){SLOWDOWN_TABLE, 0, table, 1 + dice_up_to(dice, 3)};
}

static inline void dice_revision(struct dice *dice, struct revision_config *r)
{
    dice_places(dice, r);
    dice_start(dice, r);
    dice_faults(dice, r);
    dice_responses(dice, r);
    r->num_gpus = dice_chance(dice, 70) ? 1 : 1 + dice_up_to(dice, 3);
    r->max_multiplexing = dice_chance(dice, 50) ? 1 : 1 + dice_up_to(dice, 4);
    dice_slowdown(dice, &r->slowdown);
    r->hint_slots = 1 + dice_up_to(dice, 2);
    r->cancel = dice_up_to(dice, 1);
    r->service_factor = dice_chance(dice, 70) ? 1 : .5 + .25 * dice_up_to(dice, 5);
    r->auth_mode = dice_up_to(dice, AUTH_MODES - 1);
    dice_scaling(dice, &r->scaling);
}

static inline struct rollout_amount dice_amount(struct dice *dice)
{
    if (dice_chance(dice, 50)) return (struct rollout_amount){dice_up_to(dice, 3), false};
    return (struct rollout_amount){25. * dice_up_to(dice, 4), true};
}

static inline void dice_rollout(struct dice *dice, struct timeline_config *event)
{
    static const struct canary_step steps[] = {
        {.1, 20 * SIM_SECOND}, {.5, 30 * SIM_SECOND}, {1, 7 * SIM_SECOND}};
    uint32_t strategies = 0;
    while (rollout_policies[strategies])
        strategies++;
    event->strategy = dice_up_to(dice, strategies - 1);
    event->min_ready = 1 + dice_up_to(dice, 2);
    struct rollout_settings *s = &event->rollout;
    kit_defaults(rollout_params, s);
    s->detach = rollout_policies[event->strategy] == &rollout_rolling && dice_chance(dice, 30);
    s->verify_attempts = 1 + dice_up_to(dice, 2);
    s->drain_old = dice_up_to(dice, 1);
    s->max_surge = dice_amount(dice);
    s->max_unavailable = dice_amount(dice);
    s->steps = steps;
    s->step_count = 1 + dice_up_to(dice, 2);
    s->abort_above = .05 * dice_up_to(dice, 6);
    s->abort_min_requests = 1 + dice_up_to(dice, 19);
}

static inline void dice_deploys(struct dice *dice, struct kit *kit, uint32_t app)
{
    for (uint32_t deploys = dice_up_to(dice, 3); deploys > 0; deploys--) {
        struct revision_config *r = kit_deploy(kit, app, 0, "recreate");
        const char *number = r->name;
        dice_revision(dice, r);
        r->name = number;
        struct timeline_config *event = &kit->timeline[kit->config.timeline_count - 1];
        dice_rollout(dice, event);
        event->reset_scale = dice_chance(dice, 30);
    }
}

static inline void dice_app(struct dice *dice, struct kit *kit, const char *name)
{
    uint32_t id = kit_app(kit, name), policies = 0;
    struct app_config *app = &kit->apps[id];
    while (autoscaler_policies[policies])
        policies++;
    dice_revision(dice, kit_first(kit, id));
    app->deployment = dice_chance(dice, 80) ? DEPLOYMENT_PERSISTENT : DEPLOYMENT_EPHEMERAL;
    app->autoscaler = dice_chance(dice, 70) ? 0 : dice_up_to(dice, policies - 1);
    app->dispatch = dice_up_to(dice, DISPATCH_POLICIES - 1);
    app->max_parallel_starts = dice_chance(dice, 80) ? UINT32_MAX : 1 + dice_up_to(dice, 2);
    app->cancel_surplus_starts = dice_chance(dice, 30);
    app->max_queue_length = dice_chance(dice, 80) ? UINT32_MAX : dice_up_to(dice, 10);
    app->endpoints = dice_chance(dice, 70) ? 0 : 1 + dice_up_to(dice, 2);
    app->initial_runners = dice_chance(dice, 50) ? 0 : dice_up_to(dice, 3);
    app->shared_idle = dice_up_to(dice, 1);
    app->unit_price_usd = .001;
    dice_deploys(dice, kit, id);
}

// Traffic.

static inline void dice_process(struct dice *dice, struct traffic_config *t)
{
    static const struct rate_step steps[] = {
        {0, .5}, {60 * SIM_SECOND, 0}, {90 * SIM_SECOND, 2}, {100 * SIM_SECOND, .1}};
    static const enum arrival_kind kinds[] = {
        ARRIVAL_POISSON,     ARRIVAL_RENEWAL, ARRIVAL_PIECEWISE, ARRIVAL_DIURNAL,
        ARRIVAL_FLASH_CROWD, ARRIVAL_MMPP,    ARRIVAL_COUNTS,    ARRIVAL_CLOSED_LOOP};
    static const double second[] = {0, 1}, first[] = {1, 1};
    static const struct mmpp_state states[] = {{"a", 2, 9, second}, {"b", .1, 50, first}};
    static const struct mmpp mmpp = {states, first, 2};
    static const uint32_t counts[] = {3, 0, 25, 1, 1, 0, 9};
    t->kind = kinds[dice_up_to(dice, sizeof kinds / sizeof *kinds - 1)];
    t->diurnal = (struct diurnal){dice_up_to(dice, 4) / 4., 200 * SIM_SECOND, 50 * SIM_SECOND};
    t->crowd = (struct flash_crowd){60 * SIM_SECOND, dice_limit(dice, 3), 9 * SIM_SECOND,
                                    dice_limit(dice, 20), 1 + dice_up_to(dice, 5)};
    t->mmpp = &mmpp;
    t->counts = (struct arrival_counts){counts, 7, 30 * SIM_SECOND, 0, dice_chance(dice, 50)};
    t->interarrival = dist_constant(1 + dice_up_to(dice, 9));
    t->steps = steps;
    t->step_count = 4;
    if (dice_chance(dice, 50)) t->repeat = 120 * SIM_SECOND;
    t->interpolate = t->repeat != SIM_NEVER && dice_chance(dice, 30);
    t->users = 1 + dice_up_to(dice, 7);
    t->think = dice_time(dice, 20);
    if (t->think.kind == DIST_CONSTANT) t->think.a += 1; // no user asks for ever at one instant
    if (t->kind == ARRIVAL_CLOSED_LOOP || dice_chance(dice, 70)) return;
    t->batch = dice_chance(dice, 50) ? BATCH_CONSTANT : BATCH_GEOMETRIC;
    t->batch_size = 1 + dice_up_to(dice, 4);
    t->rate_per_s /= t->batch_size;
}

static inline void dice_traffic(struct dice *dice, struct kit *kit)
{
    uint32_t app = dice_up_to(dice, kit->config.app_count - 1);
    struct traffic_config *t =
        kit_poisson(kit, app, .05 + .1 * dice_up_to(dice, 9), dice_time(dice, 12));
    dice_process(dice, t);
    t->caller = dice_up_to(dice, kit->config.caller_count - 1);
    t->path = dice_up_to(dice, PATHS - 1);
    t->priority = dice_up_to(dice, PRIORITIES - 1);
    t->endpoint = kit->apps[app].endpoints > 1 ? dice_up_to(dice, kit->apps[app].endpoints - 1) : 0;
    t->from = dice_chance(dice, 80) ? 0 : dice_limit(dice, 100);
    if (dice_chance(dice, 20)) t->until = t->from + dice_limit(dice, 300) + SIM_SECOND;
    t->start_timeout = dice_chance(dice, 60) ? SIM_NEVER : dice_limit(dice, 30);
    t->max_attempts = 1 + dice_up_to(dice, 9);
    t->no_retry = dice_chance(dice, 10);
    t->has_retry = dice_chance(dice, 15);
    for (int c = 0; c < RETRY_CONDITIONS; c++)
        t->retry_budgets[c] = dice_up_to(dice, 3);
    t->has_cold_service = dice_chance(dice, 20);
    t->cold_service = dist_constant(dice_up_to(dice, 9));
    t->hints = dice_chance(dice, 60) ? 0 : 1 + dice_up_to(dice, 5);
    t->has_cancel_after = dice_chance(dice, 30);
    t->cancel_after = dice_time(dice, 25);
    t->has_billable_units = dice_chance(dice, 15);
    t->billable_units = dice_time(dice, 4);
}

// Events.

static inline struct timeline_config *dice_event(struct kit *kit, enum timeline_kind kind,
                                                 uint32_t app)
{
    struct timeline_config *event = &kit->timeline[kit->config.timeline_count++];
    *event = (struct timeline_config){.kind = kind, .app = app};
    return event;
}

static inline void dice_machine_event(struct dice *dice, struct kit *kit)
{
    if (dice_chance(dice, 50)) {
        kit_capacity(kit, 0, dice_up_to(dice, DICE_MACHINES - 1), dice_up_to(dice, 12));
        kit->timeline[kit->config.timeline_count - 1].evict = dice_chance(dice, 50);
        return;
    }
    struct timeline_config *event = dice_event(kit, TIMELINE_MAINTENANCE, 0);
    event->machine = dice_up_to(dice, DICE_MACHINES - 1);
    event->everywhere = dice_chance(dice, 50);
    event->runners = dice_chance(dice, 30) ? UINT32_MAX : 1 + dice_up_to(dice, 3);
    event->notice = dice_limit(dice, 20);
}

static inline void dice_rollback(struct dice *dice, struct timeline_config *event)
{
    dice_rollout(dice, event);
    event->sets_auth = dice_chance(dice, 30);
    event->auth_mode = dice_up_to(dice, AUTH_MODES - 1);
}

static inline void dice_app_event(struct dice *dice, struct kit *kit)
{
    uint32_t app = dice_up_to(dice, kit->config.app_count - 1);
    switch (dice_up_to(dice, 5)) {
    case 0:
        dice_scaling(dice, kit_scale(kit, app, 0));
        break;
    case 1:
        dice_event(kit, TIMELINE_RESTART, app)->force = dice_chance(dice, 40);
        break;
    case 2:
        dice_rollback(dice, dice_event(kit, TIMELINE_ROLLBACK, app));
        break;
    case 3:
        dice_event(kit, TIMELINE_FLUSH, app)->caller =
            dice_chance(dice, 50) ? UINT32_MAX : dice_up_to(dice, kit->config.caller_count - 1);
        break;
    case 4:
        if (kit->apps[app].deployment == DEPLOYMENT_EPHEMERAL) dice_event(kit, TIMELINE_KILL, app);
        break;
    default:
        break;
    }
}

static inline int dice_by_time(const void *a, const void *b)
{
    const struct timeline_config *left = a, *right = b;
    if (left->at != right->at) return left->at > right->at ? 1 : -1;
    return (left->revision > right->revision) - (left->revision < right->revision);
}

// Revisions are deployed in their order; a rollback goes to any that was deployed before.
static inline void dice_give_revisions(struct dice *dice, struct kit *kit)
{
    uint32_t latest[KIT_MAX];
    for (uint32_t i = 0; i < kit->config.app_count; i++)
        latest[i] = kit->apps[i].first_revision;
    for (uint32_t i = 0; i < kit->config.timeline_count; i++) {
        struct timeline_config *event = &kit->timeline[i];
        if (event->kind == TIMELINE_DEPLOY) event->revision = ++latest[event->app];
        if (event->kind != TIMELINE_ROLLBACK) continue;
        uint32_t first = kit->apps[event->app].first_revision;
        event->revision = dice_chance(dice, 50)
                              ? REVISION_PREVIOUS
                              : first + dice_up_to(dice, latest[event->app] - first);
    }
}

static inline void dice_events(struct dice *dice, struct kit *kit)
{
    for (uint32_t i = dice_up_to(dice, 5); i > 0; i--)
        if (kit->config.timeline_count < KIT_MAX) dice_app_event(dice, kit);
    for (uint32_t i = dice_chance(dice, 70) ? 0 : 1 + dice_up_to(dice, 1); i > 0; i--)
        if (kit->config.timeline_count < KIT_MAX) dice_machine_event(dice, kit);
    uint32_t count = kit->config.timeline_count;
    uint32_t horizon_s = (uint32_t)(kit->config.horizon / SIM_SECOND);
    for (uint32_t i = 0; i < count; i++)
        kit->timeline[i].at = dice_limit(dice, horizon_s - 1);
    qsort(kit->timeline, count, sizeof *kit->timeline, dice_by_time);
    for (uint32_t i = 0; i < count; i++) {
        enum timeline_kind kind = kit->timeline[i].kind;
        bool rollout =
            kind == TIMELINE_DEPLOY || kind == TIMELINE_RESTART || kind == TIMELINE_ROLLBACK;
        kit->timeline[i].name = rollout ? kit_numbers[i] : NULL;
    }
    dice_give_revisions(dice, kit);
}

static inline struct kit dice_scenario(uint64_t seed, uint32_t number)
{
    static const char *const names[] = {"A", "B", "C"};
    struct dice dice = {.next = 0};
    rng_stream_open(&dice.stream, seed, number, 0);
    struct kit kit = kit_new(200 + 100 * dice_up_to(&dice, 8));
    kit.config.warm_up = dice_chance(&dice, 50) ? 0 : dice_limit(&dice, 150);
    dice_machines(&dice, &kit);
    dice_platform(&dice, &kit.config.platform);
    if (dice_chance(&dice, 30)) kit.callers[1].concurrency_limit = 1 + dice_up_to(&dice, 3);
    for (uint32_t apps = 1 + dice_up_to(&dice, 2), i = 0; i < apps; i++)
        dice_app(&dice, &kit, names[i]);
    for (uint32_t sources = 1 + dice_up_to(&dice, 4), i = 0; i < sources; i++)
        dice_traffic(&dice, &kit);
    dice_events(&dice, &kit);
    return kit;
}
