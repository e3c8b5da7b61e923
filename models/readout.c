// Reads the meters of a finished replication out as the numbers of models/metrics.h, always in the
// same order.

#include <math.h>
#include <string.h>

#include "models/auth.h"
#include "models/availability.h"
#include "models/billing.h"
#include "models/downtime.h"
#include "models/model.h"
#include "models/setup.h"
#include "models/surge.h"
#include "models/tuning.h"
#include "models/use.h"

struct readout {
    const struct model *m;
    metric_sink *sink;
    void *context;
    const struct metric *last; // found last: the next one is usually close behind
    double span_s;             // of what was measured
    struct metric_value value; // its labels hold for the puts to come
};

static const struct {
    double q;
    const char *label;
} quantiles[] = {{0.5, "0.5"},   {0.9, "0.9"},     {0.95, "0.95"},
                 {0.99, "0.99"}, {0.999, "0.999"}, {1, "max"}};

static void put(struct readout *r, const char *name, double value)
{
    const struct metric *found = r->last;
    while (found->name && strcmp(found->name, name) != 0)
        found++;
    if (!found->name) found = metric_find(name);
    SIM_CHECK(found);
    r->last = found;
    r->value.metric = found;
    r->value.value = value;
    r->sink(r->context, &r->value);
}

static void put_labelled(struct readout *r, enum label label, const char *text, const char *name,
                         double value)
{
    r->value.labels[label] = text;
    put(r, name, value);
    r->value.labels[label] = NULL;
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

static void put_ratio(struct readout *r, const char *name, double part, double whole)
{
    r->value.form = FORM_RATIO;
    r->value.part = part;
    r->value.whole = whole;
    put(r, name, ratio(part, whole));
    r->value.form = FORM_PLAIN;
}

static void put_quantile(struct readout *r, const char *name, const struct hist *hist, size_t i)
{
    r->value.hist = hist;
    r->value.quantile = quantiles[i].q;
    r->value.form = quantiles[i].q < 1 ? FORM_QUANTILE : FORM_PLAIN; // max: grows with the run
    put_labelled(r, LABEL_QUANTILE, quantiles[i].label, name, hist_quantile(hist, quantiles[i].q));
    r->value.hist = NULL;
    r->value.form = FORM_PLAIN;
}

static void put_quantiles(struct readout *r, const char *name, const struct hist *hist)
{
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        put_quantile(r, name, hist, i);
}

static void put_window(void *context, const char *name, const char *window, double value)
{
    put_labelled(context, LABEL_WINDOW, window, name, value);
}

// What is metered only on request.
static void put_measured(struct readout *r, const struct app *app)
{
    const struct downtime *d = app->downtime;
    const struct shortfall *missing = &d->shortfall;
    const struct uptime *users = &d->uptime;
    put_quantile(r, "outage_s", d->outages, 0); // the median
    put_quantile(r, "outage_s", d->outages, 2); // 0.95
    put_ratio(r, "capacity_shortfall_ratio", (double)missing->missing_ns, (double)missing->need_ns);
    put_ratio(r, "user_uptime", (double)users->up_ns, (double)(users->up_ns + users->down_ns));
    downtime_report(r->m, app, put_window, r);
}

static void put_downtime(struct readout *r, const struct app *app)
{
    const struct outage *o = &app->outage;
    const struct service_stats *s = &app->service;
    const struct fleet_stats *f = &app->fleet;
    double valid = (double)downtime_valid(app), ok = (double)s->outcomes[OUTCOME_OK];
    double unserved_s = sim_seconds(o->unserved_ns), spells = (double)o->spells;
    double slo = r->m->config->downtime.slo;
    sim_time mixed = f->mixed_ns + (f->mixed_since != SIM_NEVER ? r->m->now - f->mixed_since : 0);
    put(r, "unserved_time_s", unserved_s);
    put(r, "unserved_spells", spells);
    put(r, "unserved_max_s", sim_seconds(o->longest_ns));
    put(r, "no_runner_time_s", sim_seconds(o->no_runner_ns));
    put_ratio(r, "request_success_ratio", ok, valid);
    put_ratio(r, "good_ratio", (double)s->good, valid);
    put(r, "failed_requests", valid - ok);
    put(r, "late_requests", ok - (double)s->good);
    put(r, "interval_availability", availability_mean(r->m, app));
    put(r, "bad_intervals", s->availability.bad_intervals);
    put(r, "interruptions_per_30d", spells / r->span_s * (30 * 86400));
    put_ratio(r, "outage_mean_s", unserved_s, spells);
    put_ratio(r, "error_budget_spent", (double)downtime_bad(r->m, app), valid * (1 - slo));
    if (app->downtime) put_measured(r, app);
    put(r, "killed_in_flight", (double)s->killed);
    put(r, "mixed_version_time_s", sim_seconds(mixed));
}

static void put_priorities(struct readout *r, const struct app *app)
{
    for (int p = 0; p < PRIORITIES; p++) {
        const struct priority_stats *s = &app->service.by_priority[p];
        double served = (double)s->served;
        put_labelled(r, LABEL_PRIORITY, priority_names[p], "wait_priority_mean_s",
                     ratio(sim_wide_seconds(s->wait_ns), served));
        put_labelled(r, LABEL_PRIORITY, priority_names[p], "response_priority_mean_s",
                     ratio(sim_wide_seconds(s->response_ns), served));
    }
}

// Does a trace with labels send it requests?
static bool is_labelled(const struct model *m, const struct app *app)
{
    const struct scenario_config *c = m->config;
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if (c->traffic[i].labelled && (c->traffic[i].app == app->id || c->traffic[i].many_apps))
            return true;
    return false;
}

static void put_service(struct readout *r, const struct app *app)
{
    const struct service_stats *s = &app->service;
    put(r, "arrivals", (double)s->arrivals);
    for (int i = 0; i < OUTCOMES; i++)
        put_labelled(r, LABEL_OUTCOME, outcomes[i].name, "requests", (double)s->outcomes[i]);
    put(r, "attempts_retried", (double)s->retried);
    put(r, "requests_postponed", (double)s->postponed);
    put_ratio(r, "cold_start_ratio", (double)s->cold, (double)s->wait->count);
    put(r, "cold_starts", (double)s->cold);
    if (is_labelled(r->m, app))
        put_ratio(r, "cold_label_ratio", (double)s->labels_met, (double)s->labelled);
    put(r, "waiting_s", level_area(&s->queue, r->m->now));
    put(r, "wait_mean_s", hist_mean(s->wait));
    put_quantiles(r, "wait_s", s->wait);
    put(r, "response_mean_s", hist_mean(s->response));
    put_quantiles(r, "response_s", s->response);
    if (app->has_low) put_priorities(r, app);
    put(r, "queue_length_mean", level_area(&s->queue, r->m->now) / r->span_s);
    put(r, "queue_length_max", (double)s->queue.max);
    put(r, "in_flight_mean", level_area(&s->in_flight, r->m->now) / r->span_s);
}

// Runner seconds of an app in a state, over its revisions and machine types.
static double state_s(const struct model *m, const struct app *app, int state)
{
    sim_wide ns = 0;
    for (uint32_t i = 0; i < app->config->revisions; i++)
        for (uint32_t slot = 0; slot <= PLACES_PER_APP; slot++)
            ns += m->pools[app->config->first_revision + i].meters[slot].state_ns[state];
    return sim_wide_seconds(ns);
}

static void put_step(void *context, const char *name, double mean_s)
{
    put_labelled(context, LABEL_STATE, name, "setup_step_s", mean_s);
}

static void put_runners(struct readout *r, const struct app *app)
{
    const struct fleet_stats *f = &app->fleet;
    for (int s = RUNNER_CRASH_BACKOFF; s < RUNNER_STATES; s++)
        put_labelled(r, LABEL_STATE, runner_states[s].name, "runners_mean",
                     state_s(r->m, app, s) / r->span_s);
    put(r, "runners_max", (double)f->alive.max);
    put(r, "runner_starts", (double)f->starts);
    put(r, "runner_starts_failed", (double)f->starts_failed);
    for (int i = 0; i < STOP_REASONS; i++)
        put_labelled(r, LABEL_OUTCOME, stop_reason_names[i], "runner_stops", (double)f->stops[i]);
    put(r, "runner_life_mean_s", ratio(sim_wide_seconds(f->life_ns), (double)f->lives));
    put(r, "cold_start_mean_s", hist_mean(f->cold_start));
    put_quantiles(r, "cold_start_s", f->cold_start);
    setup_report(r->m, app, put_step, r);
}

// Cost of the runner time that `part` picks from each meter.
static double app_usd(const struct model *m, const struct app *app,
                      sim_wide (*part)(const struct meter *meter, int state), int state)
{
    double usd = 0;
    for (uint32_t i = 0; i < app->config->revisions; i++) {
        const struct pool *pool = &m->pools[app->config->first_revision + i];
        for (uint32_t slot = 0; slot < pool->config->machine_count; slot++)
            usd += sim_wide_seconds(part(&pool->meters[slot], state)) * pool->usd_per_s[slot];
    }
    return usd;
}

static sim_wide part_state(const struct meter *meter, int state)
{
    return meter->state_ns[state];
}

static sim_wide part_uncovered(const struct meter *meter, int state)
{
    (void)state;
    return meter_uncovered_ns(meter);
}

static sim_wide part_surge(const struct meter *meter, int state)
{
    (void)state;
    return meter->surge_ns;
}

static sim_wide part_rounding(const struct meter *meter, int state)
{
    (void)state;
    return meter->rounding_ns;
}

static void put_payers(struct readout *r, const char *name, const struct money *money)
{
    for (int p = 0; p < PAYERS; p++)
        put_labelled(r, LABEL_PAYER, payer_names[p], name, money->usd[p]);
}

static void put_callers(struct readout *r, const struct app *app)
{
    const struct scenario_config *c = r->m->config;
    for (uint32_t i = 0; i < c->caller_count; i++)
        put_labelled(r, LABEL_CALLER, c->callers[i].name, "cost_caller_usd",
                     r->m->caller_usd[(size_t)app->id * c->caller_count + i]);
}

static void put_cost(struct readout *r, const struct app *app)
{
    const struct model *m = r->m;
    struct money money = app_money(m, app);
    bool units = app_has_units(m, app);
    double all = money.usd[PAYER_OWNER] + money.usd[PAYER_CALLERS] + money.usd[PAYER_ABSORBED];
    put_payers(r, "cost_usd", &money);
    for (int mode = 0; mode < AUTH_MODES; mode++) {
        struct money other = app_money_under(m, app, (enum auth_mode)mode);
        r->value.labels[LABEL_AUTH_MODE] = auth_modes[mode].name;
        put_payers(r, "cost_mode_usd", &other);
        if (units)
            put(r, "caller_revenue_mode_usd", app_revenue_under(m, app, (enum auth_mode)mode));
        r->value.labels[LABEL_AUTH_MODE] = NULL;
    }
    if (units) put(r, "caller_revenue_usd", app_revenue(m, app));
    put_ratio(r, "cost_per_request_usd", all, (double)app->service.outcomes[OUTCOME_OK]);
    for (int s = 0; s < RUNNER_STATES; s++)
        if (runner_is_billed((enum runner_state)s))
            put_labelled(r, LABEL_STATE, runner_states[s].name, "cost_state_usd",
                         app_usd(m, app, part_state, s));
    if (m->config->platform.billing_granularity != BILLING_EXACT)
        put_labelled(r, LABEL_STATE, "rounding", "cost_state_usd",
                     app_usd(m, app, part_rounding, 0));
    if (surge_used(m)) {
        double surge = app_usd(m, app, part_surge, 0);
        put_labelled(r, LABEL_STATE, "surge", "cost_state_usd", surge);
        put(r, "cost_surge_usd", surge);
    }
    put(r, "cost_idle_usd", app_usd(m, app, part_uncovered, 0));
    for (uint32_t i = 0; i < app->config->revisions; i++) {
        const struct pool *pool = &m->pools[app->config->first_revision + i];
        put_labelled(r, LABEL_REVISION, pool->config->name, "cost_revision_usd",
                     pool_billed_usd(pool));
    }
    put_callers(r, app);
}

static double rounding_s(const struct model *m, const struct app *app)
{
    sim_wide ns = 0;
    for (uint32_t i = 0; i < app->config->revisions; i++)
        for (uint32_t slot = 0; slot < PLACES_PER_APP; slot++)
            ns += m->pools[app->config->first_revision + i].meters[slot].rounding_ns;
    return sim_wide_seconds(ns);
}

static void put_billing(struct readout *r, const struct app *app)
{
    const struct model *m = r->m;
    double billed = 0, slots = 0;
    for (int s = 0; s < RUNNER_STATES; s++) {
        if (!runner_is_billed((enum runner_state)s)) continue;
        double state = state_s(m, app, s);
        billed += state;
        put_labelled(r, LABEL_STATE, runner_states[s].name, "billed_s", state);
    }
    double rounding = rounding_s(m, app);
    if (m->config->platform.billing_granularity != BILLING_EXACT)
        put_labelled(r, LABEL_STATE, "rounding", "billed_s", rounding);
    billed += rounding;
    for (uint32_t i = 0; i < app->config->revisions; i++) {
        const struct pool *pool = &m->pools[app->config->first_revision + i];
        sim_wide ready = 0;
        for (uint32_t slot = 0; slot < pool->config->machine_count; slot++) {
            const struct meter *meter = &pool->meters[slot];
            ready += meter->state_ns[RUNNER_IDLE] + meter->state_ns[RUNNER_RUNNING] +
                     meter->state_ns[RUNNER_DRAINING];
        }
        slots += sim_wide_seconds(tuning_slots_ns(pool, ready));
    }
    double busy = state_s(m, app, RUNNER_RUNNING) + state_s(m, app, RUNNER_DRAINING);
    put_ratio(r, "slot_utilisation", level_area(&app->service.in_flight, m->now), slots);
    put_ratio(r, "billed_busy_ratio", busy, billed);
}

static void put_machine(struct readout *r, uint32_t id)
{
    const struct model *m = r->m;
    struct machine_use_s use = machine_use(m, id);
    double held = 0, usd = 0, surge = 0;
    r->value.labels[LABEL_MACHINE_TYPE] = m->config->machines[id].name;
    r->value.labels[LABEL_REGION] = m->config->machines[id].region;
    for (int u = 0; u < MACHINE_USES; u++) {
        held += use.s[u];
        put_labelled(r, LABEL_STATE, machine_use_names[u], "machine_s", use.s[u]);
    }
    const struct machine *machine = &m->machines[id];
    bool unlimited = machine->was_unlimited || machine->capacity == UINT32_MAX;
    double capacity = unlimited ? NAN : level_area(&machine->offered, m->now);
    put(r, "machine_capacity_s", capacity);
    put_ratio(r, "machine_utilisation", use.s[USE_BUSY], capacity);
    put_ratio(r, "machine_allocated_ratio", held, capacity);
    put_ratio(r, "machine_busy_ratio", use.s[USE_BUSY], held);
    for (uint32_t p = 0; p < m->config->revision_count; p++) {
        const struct pool *pool = &m->pools[p];
        for (uint32_t slot = 0; slot < pool->config->machine_count; slot++)
            if (pool->config->machines[slot] == id) {
                const struct meter *meter = &pool->meters[slot];
                usd += sim_wide_seconds(meter_priced_ns(meter)) * pool->usd_per_s[slot];
                surge += sim_wide_seconds(meter->surge_ns) * pool->usd_per_s[slot];
            }
    }
    put(r, "cost_machine_usd", usd);
    if (m->config->machines[id].surge_count > 0) put(r, "cost_surge_usd", surge);
    r->value.labels[LABEL_REGION] = NULL;
    r->value.labels[LABEL_MACHINE_TYPE] = NULL;
}

static double since(const struct timeline_config *event, sim_time at)
{
    return at == SIM_NEVER ? NAN : sim_seconds(at - event->at);
}

static void put_toll(struct readout *r, const struct rollout_record *record, const struct app *app)
{
    const struct downtime_config *c = &r->m->config->downtime;
    const struct toll *toll = &record->toll;
    double bad = (double)toll->bad, periods = sim_seconds(c->budget_period) / r->span_s;
    double allowed = (double)downtime_valid(app) * periods * (1 - c->slo);
    put(r, "rollout_unserved_s", sim_seconds(toll->unserved_ns));
    put(r, "rollout_failed_requests", bad);
    put(r, "rollout_killed_in_flight", (double)toll->killed);
    put(r, "rollout_mixed_version_s", sim_seconds(toll->mixed_ns));
    put_ratio(r, "rollout_error_budget_spent", bad, allowed);
    put_ratio(r, "rollouts_per_budget", allowed, bad);
    const struct timeline_config *event = &r->m->config->timeline[record->event];
    if (app->downtime) put(r, "rollout_alert_s", since(event, record->alerted));
}

static void put_rollout(struct readout *r, uint32_t row)
{
    const struct timeline_config *event = &r->m->config->timeline[row];
    const struct rollout_record *record = &r->m->rollouts[row];
    r->value.labels[LABEL_APP] = r->m->config->apps[event->app].name;
    r->value.labels[LABEL_ROLLOUT] = event->name;
    put(r, "rollout_switch_s", since(event, record->switched));
    put(r, "rollout_first_ready_s", since(event, record->first_ready));
    put(r, "rollout_capacity_restored_s", since(event, record->restored));
    put(r, "rollout_old_gone_s", since(event, record->old_gone));
    for (int end = 0; end < ROLLOUT_ENDS; end++)
        put_labelled(r, LABEL_OUTCOME, rollout_end_names[end], "rollout_outcome",
                     (int)record->end == end);
    put(r, "rollout_stalled_s", sim_seconds(record->stalled_ns));
    put_toll(r, record, &r->m->apps[event->app]);
    bool restart = event->kind == TIMELINE_RESTART; // its two sets of runners share a meter
    put(r, "rollout_surge_s", restart ? NAN : record->surge_s);
    put(r, "rollout_surge_usd", restart ? NAN : record->surge_usd);
    r->value.labels[LABEL_APP] = r->value.labels[LABEL_ROLLOUT] = NULL;
}

void model_report(struct model *m, metric_sink *sink, void *context)
{
    struct readout r = {.m = m, .sink = sink, .context = context, .last = metrics};
    r.span_s = sim_seconds(m->config->horizon - m->config->warm_up);
    for (uint32_t i = 0; i < m->config->app_count; i++) {
        r.value.labels[LABEL_APP] = m->config->apps[i].name;
        put_downtime(&r, &m->apps[i]);
        put_service(&r, &m->apps[i]);
        put_runners(&r, &m->apps[i]);
        put_cost(&r, &m->apps[i]);
        put_billing(&r, &m->apps[i]);
        r.value.labels[LABEL_APP] = NULL;
    }
    struct money money = scenario_money(m);
    put_payers(&r, "cost_usd", &money);
    for (uint32_t i = 0; i < m->config->machine_count; i++)
        if (machine_used(m, i)) put_machine(&r, i);
    for (uint32_t i = 0; i < m->config->timeline_count; i++)
        if (m->config->timeline[i].name) put_rollout(&r, i);
}
