#include "models/downtime.h"

#include <math.h>
#include <string.h>

#include "models/hint.h"

static const char *const uptime_labels[UPTIME_WINDOWS + 1] = {"1m", "5m", "1h", "6h", "1d", NULL};
static const char *const burn_labels[BURN_WINDOWS + 1] = {"5m", "30m", "1h", "6h", "3d", NULL};
static const char *const alert_labels[BURN_ALERTS + 1] = {"1h", "6h", "3d", NULL};

bool downtime_is_on_request(const char *metric)
{
    static const char *const names[] = {"capacity_shortfall_ratio",
                                        "user_uptime",
                                        "user_uptime_mcr",
                                        "peak_burn",
                                        "burn_alert",
                                        "burn_alert_s",
                                        "rollout_alert_s",
                                        "outage_s"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], metric) == 0) return true;
    return false;
}

const char *const *downtime_windows(const char *metric)
{
    if (strcmp(metric, "user_uptime_mcr") == 0) return uptime_labels;
    if (strcmp(metric, "peak_burn") == 0) return burn_labels;
    bool alert = strcmp(metric, "burn_alert") == 0 || strcmp(metric, "burn_alert_s") == 0;
    return alert ? alert_labels : NULL;
}

// Who the users are, by number: callers; of traces whose rows name apps, the anonymous caller of
// each, which is the same number for all apps; those of the app's own sources; the app's keys.

static bool is_shared(const struct traffic_config *t)
{
    return t->many_apps;
}

static uint32_t own_users(const struct scenario_config *c, const struct traffic_config *t)
{
    if (t->kind == ARRIVAL_CLOSED_LOOP) return t->users;
    bool anonymous = c->callers[t->caller].kind == CALLER_ANONYMOUS || t->kind == ARRIVAL_TRACE;
    return t->hints == 0 && anonymous; // a trace's rows may name callers
}

static uint32_t shared_users(const struct scenario_config *c)
{
    uint32_t users = 0;
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if (is_shared(&c->traffic[i])) users += own_users(c, &c->traffic[i]);
    return users;
}

static uint32_t first_key(const struct scenario_config *c, uint32_t app)
{
    uint32_t users = c->caller_count + shared_users(c);
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if (c->traffic[i].app == app && !is_shared(&c->traffic[i]))
            users += own_users(c, &c->traffic[i]);
    return users;
}

static uint32_t user_count(const struct scenario_config *c, uint32_t app)
{
    return first_key(c, app) + hint_keys(c, app);
}

static uint32_t user_of(const struct model *m, const struct app *app, const struct request *q)
{
    const struct source *source = &m->sources[q->source];
    if (source->turns) return source->first_user + (uint32_t)(q->number >> 32);
    if (q->hint != NONE) return app->downtime->first_key + q->hint;
    if (m->config->callers[q->caller].kind == CALLER_ANONYMOUS) return source->first_user;
    return q->caller;
}

static void number_sources(struct model *m, uint32_t app, bool shared, uint32_t next)
{
    const struct scenario_config *c = m->config;
    for (uint32_t i = 0; i < c->traffic_count; i++) {
        if (is_shared(&c->traffic[i]) != shared) continue;
        if (!shared && c->traffic[i].app != app) continue;
        m->sources[i].first_user = next;
        next += own_users(c, &c->traffic[i]);
    }
}

static void create_app(struct model *m, struct app *app, struct arena *arena)
{
    const struct scenario_config *c = m->config;
    struct downtime *d = arena_new(arena, struct downtime, 1);
    number_sources(m, app->id, true, c->caller_count);
    number_sources(m, app->id, false, c->caller_count + shared_users(c));
    d->first_key = first_key(c, app->id);
    burn_create(&d->burn, arena, c->downtime.slo);
    uptime_create(&d->uptime, arena, user_count(c, app->id), c->downtime.user_cutoff);
    d->outages = arena_new(arena, struct hist, 1);
    hist_reset(d->outages);
    app->downtime = d;
}

void downtime_create(struct model *m, struct arena *arena)
{
    for (uint32_t i = 0; m->config->downtime.measured && i < m->config->app_count; i++)
        create_app(m, &m->apps[i], arena);
}

size_t downtime_memory(const struct scenario_config *c)
{
    size_t slots = burn_minutes[BURN_WINDOWS - 1] + uptime_minutes[UPTIME_WINDOWS - 1], bytes = 0;
    size_t fixed = sizeof(struct downtime) + sizeof(struct hist) + 1024;
    for (uint32_t i = 0; c->downtime.measured && i < c->app_count; i++)
        bytes += fixed + slots * sizeof(struct window_slot) +
                 user_count(c, i) * sizeof(struct uptime_user);
    return bytes;
}

uint64_t downtime_valid(const struct app *app)
{
    uint64_t valid = 0;
    for (int i = 0; i < OUTCOMES; i++)
        if (outcomes[i].valid) valid += app->service.outcomes[i];
    return valid;
}

uint64_t downtime_bad(const struct model *m, const struct app *app)
{
    const struct service_stats *s = &app->service;
    uint64_t good = m->config->downtime.late_is_bad ? s->good : s->outcomes[OUTCOME_OK];
    return downtime_valid(app) - good;
}

// What happens.

void downtime_answer(struct model *m, struct app *app, const struct request *q,
                     enum outcome outcome)
{
    if (!outcomes[outcome].valid) return;
    bool good = outcome == OUTCOME_OK;
    if (good && m->config->downtime.late_is_bad)
        good = q->started - q->arrival <= app->config->good_within;
    uptime_answer(&app->downtime->uptime, m->now, user_of(m, app, q), good);
    if (q->counted) burn_count(&app->downtime->burn, m->now, !good);
}

void downtime_outage(struct app *app, sim_time length)
{
    hist_add(app->downtime->outages, length);
}

void downtime_react(struct model *m, struct app *app)
{
    shortfall_update(&app->downtime->shortfall, m, app);
}

sim_time downtime_alert(struct model *m, struct app *app)
{
    return burn_mark(&app->downtime->burn, m->now);
}

void downtime_reset(struct model *m, struct app *app)
{
    struct downtime *d = app->downtime;
    if (!d) return;
    burn_reset(&d->burn, m->now);
    uptime_reset(&d->uptime, m->now);
    shortfall_reset(&d->shortfall, m, app);
    hist_reset(d->outages);
}

void downtime_close(struct model *m, struct app *app)
{
    struct downtime *d = app->downtime;
    if (!d) return;
    burn_advance(&d->burn, m->now);
    uptime_advance(&d->uptime, m->now);
    shortfall_update(&d->shortfall, m, app);
}

// What comes out.

static void report_users(const struct model *m, const struct uptime *u, downtime_put *put,
                         void *context)
{
    sim_time span = m->config->horizon - m->config->warm_up;
    for (uint32_t i = 0; i < UPTIME_WINDOWS; i++)
        if (uptime_minutes[i] * 60 * SIM_SECOND <= span)
            put(context, "user_uptime_mcr", uptime_labels[i], uptime_mcr(u, i));
}

static void report_burn(const struct burn *b, downtime_put *put, void *context)
{
    for (uint32_t i = 0; i < BURN_WINDOWS; i++)
        put(context, "peak_burn", burn_labels[i], burn_peak(b, i));
    for (uint32_t i = 0; i < BURN_ALERTS; i++) {
        const char *window = alert_labels[i];
        bool fired = b->first[i] != SIM_NEVER;
        put(context, "burn_alert", window, fired);
        put(context, "burn_alert_s", window, fired ? sim_seconds(b->first[i] - b->from) : NAN);
    }
}

void downtime_report(const struct model *m, const struct app *app, downtime_put *put, void *context)
{
    const struct downtime *d = app->downtime;
    if (!d) return;
    report_users(m, &d->uptime, put, context);
    report_burn(&d->burn, put, context);
}
