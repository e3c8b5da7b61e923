#include "models/series.h"

#include <math.h>

#include "models/billing.h"
#include "models/use.h"

static size_t meter_count(const struct scenario_config *c)
{
    size_t runners = (size_t)c->revision_count * RUNNER_STATES;
    size_t machines = (size_t)c->machine_count * (MACHINE_USES + 2);
    return runners + machines + (size_t)c->app_count * 2 + PAYERS;
}

void series_create(struct model *m, struct arena *arena)
{
    if (!m->options.series || m->config->series_step <= 0) return;
    m->series = arena_new(arena, struct series_state, 1);
    m->series->waits = arena_new(arena, struct wait_bin, m->config->app_count);
    m->series->last = arena_new(arena, double, meter_count(m->config));
}

static void schedule(struct model *m)
{
    sim_time at = m->series->from + m->config->series_step;
    if (at < m->config->horizon) sim_at(m->sim, at, EVENT_SERIES, 0, 0);
}

void series_start(struct model *m)
{
    if (m->series) schedule(m);
}

void series_mark(struct model *m, const char *what, const char *app, const char *detail)
{
    const struct series_sink *sink = m->options.series;
    if (m->series) sink->event(sink->context, m->now, what, app, detail);
}

static void emit(struct model *m, struct metric_value *value)
{
    const struct series_sink *sink = m->options.series;
    if (m->series->shifting) return;
    sink->value(sink->context, m->series->from, m->now, value);
}

// The mean over the bin of what a meter integrates.
static double mean_since(struct model *m, double meter)
{
    struct series_state *s = m->series;
    double *last = &s->last[s->cursor++];
    if (s->shifting) {
        *last -= meter;
        return 0;
    }
    double change = meter - *last;
    *last = meter;
    return change / sim_seconds(m->now - s->from);
}

static double state_s(const struct pool *pool, int state)
{
    sim_wide ns = 0;
    for (uint32_t slot = 0; slot <= PLACES_PER_APP; slot++)
        ns += pool->meters[slot].state_ns[state];
    return sim_wide_seconds(ns);
}

static void emit_runners(struct model *m)
{
    for (uint32_t p = 0; p < m->config->revision_count; p++) {
        const struct pool *pool = &m->pools[p];
        for (int s = RUNNER_CRASH_BACKOFF; s < RUNNER_STATES; s++) {
            struct metric_value v = {.metric = metric_find("series_runners")};
            v.labels[LABEL_APP] = m->apps[pool->app].config->name;
            v.labels[LABEL_REVISION] = pool->config->name;
            v.labels[LABEL_STATE] = runner_states[s].name;
            v.value = mean_since(m, state_s(pool, s));
            emit(m, &v);
        }
    }
}

static void emit_app(struct model *m, struct app *app, const char *metric, double value)
{
    struct metric_value v = {.metric = metric_find(metric), .value = value};
    v.labels[LABEL_APP] = app->config->name;
    emit(m, &v);
}

static void emit_service(struct model *m, struct app *app)
{
    struct wait_bin *bin = &m->series->waits[app->id];
    double width = sim_seconds(m->now - m->series->from);
    emit_app(m, app, "series_queue_length", mean_since(m, level_area(&app->service.queue, m->now)));
    emit_app(m, app, "series_in_flight",
             mean_since(m, level_area(&app->service.in_flight, m->now)));
    double mean = bin->begun ? sim_wide_seconds(bin->sum) / (double)bin->begun : NAN;
    emit_app(m, app, "series_wait_mean_s", mean);
    emit_app(m, app, "series_wait_max_s", bin->begun ? sim_seconds(bin->max) : NAN);
    emit_app(m, app, "series_arrivals_per_s", (double)bin->arrivals / width);
    if (!m->series->shifting) *bin = (struct wait_bin){0};
}

static void emit_machine(struct model *m, uint32_t id)
{
    struct machine_use_s use = machine_use(m, id);
    double held = 0;
    struct metric_value v = {.metric = metric_find("series_machines")};
    v.labels[LABEL_MACHINE_TYPE] = m->config->machines[id].name;
    v.labels[LABEL_REGION] = m->config->machines[id].region;
    for (int u = 0; u < MACHINE_USES; u++) {
        v.labels[LABEL_STATE] = machine_use_names[u];
        v.value = mean_since(m, use.s[u]);
        held += v.value;
        emit(m, &v);
    }
    double offered = mean_since(m, level_area(&m->machines[id].offered, m->now));
    v.labels[LABEL_STATE] = "free";
    v.value = m->machines[id].capacity == UINT32_MAX ? NAN : fmax(0, offered - held);
    emit(m, &v);
}

static void emit_meters(struct model *m)
{
    billing_settle_all(m);
    m->series->cursor = 0;
    emit_runners(m);
    for (uint32_t i = 0; i < m->config->app_count; i++)
        emit_service(m, &m->apps[i]);
    for (uint32_t i = 0; i < m->config->machine_count; i++)
        if (machine_used(m, i)) emit_machine(m, i);
    struct money money = scenario_money(m);
    for (int p = 0; p < PAYERS; p++) {
        struct metric_value v = {.metric = metric_find("series_cost_usd"), .value = money.usd[p]};
        v.labels[LABEL_PAYER] = payer_names[p];
        emit(m, &v);
    }
}

static void emit_bin(struct model *m)
{
    emit_meters(m);
    m->series->from = m->now;
}

void series_reset(struct model *m)
{
    if (!m->series) return;
    m->series->shifting = true;
    emit_meters(m);
    m->series->shifting = false;
}

void on_series(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    m->series->events++;
    emit_bin(m);
    schedule(m);
}

void series_finish(struct model *m)
{
    if (m->series && m->now > m->series->from) emit_bin(m);
}
