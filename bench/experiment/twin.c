#include "bench/experiment/twin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "sim/check.h"

static const struct {
    const char *excess, *of;
} excesses[] = {
    {"excess_unserved_time_s", "unserved_time_s"}, {"excess_failed_requests", "failed_requests"},
    {"excess_late_requests", "late_requests"},     {"excess_wait_s", "waiting_s"},
    {"excess_cold_starts", "cold_starts"},         {"excess_cost_usd", "cost_usd"},
};

// Rollouts are the events of the timeline that have a name.
static sim_time next_rollout(const struct scenario_config *config, uint32_t row)
{
    for (uint32_t i = row + 1; i < config->timeline_count; i++)
        if (config->timeline[i].name && config->timeline[i].app == config->timeline[row].app)
            return config->timeline[i].at;
    return config->horizon;
}

struct twin twin_create(const struct scenario_config *config)
{
    struct twin twin = {.config = config};
    twin.recoveries = memory_new(sizeof *twin.recoveries, config->timeline_count);
    for (uint32_t row = 0; row < config->timeline_count; row++) {
        if (!config->timeline[row].name) continue;
        twin.recoveries[twin.count++] = (struct recovery){.row = row,
                                                          .until = next_rollout(config, row),
                                                          .calm_since = SIM_NEVER,
                                                          .over_since = SIM_NEVER};
    }
    return twin;
}

void twin_free(struct twin *twin)
{
    free(twin->recoveries);
    *twin = (struct twin){0};
}

struct pair {
    struct twin *twin;
    struct model *run, *other, *culprit;
};

static enum sim_end blame(struct pair *pair, struct model *model, enum sim_end end)
{
    if (end != SIM_DONE) pair->culprit = model;
    return end;
}

static enum sim_end advance(struct pair *pair, sim_time until)
{
    enum sim_end end = blame(pair, pair->run, model_advance(pair->run, until));
    return end == SIM_DONE ? blame(pair, pair->other, model_advance(pair->other, until)) : end;
}

static sim_time begins(const struct pair *pair, const struct recovery *r)
{
    return pair->twin->config->timeline[r->row].at;
}

// Nothing happens from the last event until `now`: has it been calm for long enough by then?
static void settle(const struct pair *pair, struct recovery *r, sim_time now)
{
    sim_time from = r->calm_since > r->over_since ? r->calm_since : r->over_since;
    r->settled = sim_time_add(from, pair->twin->config->downtime.settle) <= now;
}

// All events of this instant have happened.
static void look(const struct pair *pair, struct recovery *r, sim_time now)
{
    uint32_t app = pair->twin->config->timeline[r->row].app;
    if (model_backlog(pair->run, app) > model_backlog(pair->other, app))
        r->calm_since = SIM_NEVER;
    else if (r->calm_since == SIM_NEVER)
        r->calm_since = now;
    if (r->over_since == SIM_NEVER && model_rollout_over(pair->run, r->row)) r->over_since = now;
}

// Is anything of the rollout still to be found out at `now`?
static bool is_open(const struct pair *pair, const struct recovery *r, sim_time now)
{
    return !r->settled && begins(pair, r) <= now && now < r->until;
}

static bool any_open(const struct pair *pair, sim_time now)
{
    for (size_t i = 0; i < pair->twin->count; i++)
        if (is_open(pair, &pair->twin->recoveries[i], now)) return true;
    return false;
}

static sim_time next_event(const struct pair *pair)
{
    sim_time a = model_next(pair->run), b = model_next(pair->other);
    return a < b ? a : b;
}

// The next time at which a rollout begins, after `now`.
static sim_time next_begin(const struct pair *pair, sim_time now)
{
    for (size_t i = 0; i < pair->twin->count; i++)
        if (begins(pair, &pair->twin->recoveries[i]) > now)
            return begins(pair, &pair->twin->recoveries[i]);
    return SIM_NEVER;
}

static enum sim_end step_to(struct pair *pair, sim_time now)
{
    struct twin *twin = pair->twin;
    for (size_t i = 0; i < twin->count; i++)
        if (is_open(pair, &twin->recoveries[i], now - 1)) settle(pair, &twin->recoveries[i], now);
    enum sim_end end = advance(pair, now + 1);
    if (end != SIM_DONE) return end;
    for (size_t i = 0; i < twin->count; i++)
        if (is_open(pair, &twin->recoveries[i], now)) look(pair, &twin->recoveries[i], now);
    return SIM_DONE;
}

// Side by side while there is something to find out; else straight to the next rollout.
static enum sim_end run_both(struct pair *pair)
{
    sim_time now = -1, horizon = pair->twin->config->horizon;
    for (;;) {
        sim_time next = any_open(pair, now) ? next_event(pair) : next_begin(pair, now);
        if (next >= horizon) break;
        enum sim_end end = step_to(pair, next);
        if (end != SIM_DONE) return end;
        now = next;
    }
    for (size_t i = 0; i < pair->twin->count; i++)
        if (is_open(pair, &pair->twin->recoveries[i], now))
            settle(pair, &pair->twin->recoveries[i], horizon);
    enum sim_end end = blame(pair, pair->run, model_run(pair->run));
    return end == SIM_DONE ? blame(pair, pair->other, model_run(pair->other)) : end;
}

enum sim_end twin_run(struct twin *twin, struct model *run, struct model *other,
                      struct model **culprit)
{
    struct pair pair = {.twin = twin, .run = run, .other = other};
    enum sim_end end = run_both(&pair);
    *culprit = pair.culprit;
    return end;
}

// Both report in the same order, so it is close behind the last one found.
static double value_of(const struct recorder *other, const struct column *column, size_t *cursor)
{
    for (size_t tried = 0; tried < other->count; tried++) {
        size_t at = (*cursor + tried) % other->count;
        if (column_find(&other->columns[at], 1, column) != 0) continue;
        *cursor = at + 1;
        return other->values[at];
    }
    return NAN;
}

static void add(struct recorder *run, const char *metric, const struct column *like, double value)
{
    struct metric_value row = {.metric = metric_find(metric), .value = value};
    memcpy(row.labels, like->labels, sizeof row.labels);
    recorder_value(run, &row);
}

static void add_excess(struct recorder *run, const struct recorder *other, size_t row)
{
    const struct metric *metric = metric_find(excesses[row].of);
    size_t count = run->count, cursor = 0;
    for (size_t i = 0; i < count; i++) {
        if (run->columns[i].metric != metric) continue;
        struct column column = run->columns[i]; // the table moves when it grows
        double value = run->values[i] - value_of(other, &column, &cursor);
        add(run, excesses[row].excess, &column, value);
    }
}

static void add_recovery(struct recorder *run, const struct twin *twin, const struct recovery *r)
{
    const struct timeline_config *event = &twin->config->timeline[r->row];
    struct column column = {.metric = NULL};
    column.labels[LABEL_APP] = twin->config->apps[event->app].name;
    column.labels[LABEL_ROLLOUT] = event->name;
    double value = r->settled ? sim_seconds(r->calm_since - event->at) : NAN;
    add(run, "recovery_time_s", &column, value);
}

void twin_report(const struct twin *twin, struct recorder *run, const struct recorder *other)
{
    for (size_t row = 0; row < sizeof excesses / sizeof *excesses; row++)
        add_excess(run, other, row);
    for (size_t i = 0; i < twin->count; i++)
        add_recovery(run, twin, &twin->recoveries[i]);
    if (run->series.step > 0)
        recorder_add_series(run, other, metric_find("series_queue_length"),
                            metric_find("series_twin_queue_length"));
}
