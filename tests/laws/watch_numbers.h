#pragma once

#include "tests/laws/watch_model.h"

// Laws of the numbers that a replication reports, whatever the scenario:
//
//   conservation  arrivals = sum of the outcomes
//   money         by payer, state, revision, caller, machine type and auth mode it is the same
//   money billed time   billed seconds of a state = mean runners in it x span Little        mean
//   queue and mean in flight are the areas that the watcher added up machines      no more
//   machine-seconds than there are downtime      longest spell <= unserved time <= time without a
//   runner <= span

static inline bool watch_is(const struct kit_value *v, const char *metric)
{
    return strcmp(v->metric->name, metric) == 0;
}

// The labels are written "app=A,outcome=ok".
static inline double watch_sum(const struct kit_value *values, size_t count, const char *metric,
                               const char *begin)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        if (watch_is(&values[i], metric) && strncmp(values[i].labels, begin, strlen(begin)) == 0)
            sum += values[i].value;
    return sum;
}

static inline double watch_total(const struct watch *w, const char *metric, const char *begin)
{
    return watch_sum(w->values, w->value_count, metric, begin);
}

static inline double watch_get(const struct watch *w, const char *metric, const char *labels)
{
    for (size_t i = 0; i < w->value_count; i++)
        if (watch_is(&w->values[i], metric) && strcmp(w->values[i].labels, labels) == 0)
            return w->values[i].value;
    WATCH_BROKEN("no number %s{%s}", metric, labels);
    return NAN;
}

static inline double watch_span(const struct watch *w)
{
    return sim_seconds(w->config->horizon - w->config->warm_up);
}

// A source may sell units to it, if only by a row of a trace.
static inline bool watch_pays_by_unit(const struct scenario_config *c, uint32_t app)
{
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if ((c->traffic[i].app == app || c->traffic[i].many_apps) &&
            c->traffic[i].has_billable_units)
            return true;
    return false;
}

static inline void watch_means(const struct watch *w, uint32_t app, const char *label)
{
    double span = watch_span(w), waiting = sim_wide_seconds(w->waiting_ns[app]) / span,
           in_flight = sim_wide_seconds(w->in_flight_ns[app]) / span;
    watch_near(watch_get(w, "queue_length_mean", label), waiting, 1e-9 * fmax(1, waiting),
               "Little: requests waiting");
    watch_near(watch_get(w, "in_flight_mean", label), in_flight, 1e-9 * fmax(1, in_flight),
               "Little: requests in flight");
}

static inline void watch_money(const struct watch *w, uint32_t app, const char *label)
{
    char some[120];
    snprintf(some, sizeof some, "%s,", label);
    double money = watch_total(w, "cost_usd", some), tolerance = 1e-6 * fmax(1, money / 1e3);
    watch_near(watch_total(w, "cost_state_usd", some), money, tolerance, "money by state");
    watch_near(watch_total(w, "cost_revision_usd", some), money, tolerance, "money by revision");
    bool by_unit = watch_pays_by_unit(w->config, app);
    snprintf(some, sizeof some, "%s,payer=callers", label);
    double callers =
        by_unit ? watch_get(w, "caller_revenue_usd", label) : watch_total(w, "cost_usd", some);
    snprintf(some, sizeof some, "%s,", label);
    watch_near(watch_total(w, "cost_caller_usd", some), callers, 1e-6 * fmax(1, callers / 1e3),
               "money by caller");
    for (int mode = 0; mode < AUTH_MODES; mode++) {
        snprintf(some, sizeof some, "%s,auth_mode=%s,", label, auth_mode_names[mode]);
        watch_near(watch_total(w, "cost_mode_usd", some), money, tolerance,
                   "money under an auth mode");
    }
}

static inline void watch_billed(const struct watch *w, const char *label)
{
    char some[120];
    double span = watch_span(w);
    for (int s = 0; s < RUNNER_STATES; s++) {
        if (!runner_is_billed((enum runner_state)s)) continue;
        snprintf(some, sizeof some, "%s,state=%s", label, runner_states[s].name);
        double held = span * watch_get(w, "runners_mean", some);
        watch_near(watch_get(w, "billed_s", some), held, 1e-6 * fmax(1, held / 1e3),
                   "billed seconds are seconds in the state");
    }
}

static inline void watch_downtime(const struct watch *w, const char *label)
{
    double longest = watch_get(w, "unserved_max_s", label),
           unserved = watch_get(w, "unserved_time_s", label),
           without = watch_get(w, "no_runner_time_s", label);
    if (!(0 <= longest && longest <= unserved && unserved <= without && without <= watch_span(w)))
        WATCH_BROKEN("downtime: longest spell %.12g, unserved %.12g, without a runner %.12g",
                     longest, unserved, without);
}

static inline void watch_allocated(const struct watch *w)
{
    for (size_t i = 0; i < w->value_count && !w->loses_capacity; i++)
        if (watch_is(&w->values[i], "machine_allocated_ratio"))
            watch_that(!(w->values[i].value > 1 + 1e-12));
}

static inline void watch_numbers(const struct watch *w)
{
    for (uint32_t i = 0; i < w->config->app_count; i++) {
        char app[100], some[120];
        snprintf(app, sizeof app, "app=%s", w->config->apps[i].name);
        snprintf(some, sizeof some, "%s,", app);
        watch_near(watch_total(w, "requests", some), watch_get(w, "arrivals", app), 0,
                   "conservation: outcomes are arrivals");
        watch_means(w, i, app);
        watch_money(w, i, app);
        watch_billed(w, app);
        watch_downtime(w, app);
    }
    double all = watch_total(w, "cost_usd", "payer=");
    watch_near(watch_total(w, "cost_machine_usd", ""), all, 1e-6 * fmax(1, all / 1e3),
               "money by machine type");
    watch_allocated(w);
}
