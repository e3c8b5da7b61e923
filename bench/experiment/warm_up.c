#include "bench/experiment/warm_up.h"

#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/mser.h"
#include "sim/check.h"

bool warm_up_wanted(const struct scenario *scenario)
{
    for (size_t a = 0; a < scenario->alternative_count; a++)
        if (scenario->alternatives[a].warm_up_auto) return true;
    return false;
}

// A copy with alternatives of its own behind it.
static struct scenario *copy(const struct scenario *scenario, struct alternative **alternatives)
{
    size_t count = scenario->alternative_count;
    struct scenario *own = memory_new(sizeof *own + count * sizeof **alternatives, 1);
    *own = *scenario;
    *alternatives = (struct alternative *)(void *)(own + 1);
    own->alternatives = *alternatives;
    return own;
}

// Whole bins in a cycle, or in five of the others.
static sim_time grid(const struct scenario *scenario, sim_time horizon, size_t *batch)
{
    sim_time step = horizon / WARM_UP_BINS > 0 ? horizon / WARM_UP_BINS : 1;
    *batch = MSER_BATCH;
    if (scenario->study != STUDY_CYCLIC) return step;
    sim_time bins = scenario->cycle / step > 0 ? scenario->cycle / step : 1;
    while (scenario->cycle % bins != 0)
        bins--;
    *batch = (size_t)bins;
    return scenario->cycle / bins;
}

static sim_time shortest_horizon(const struct scenario *scenario)
{
    sim_time least = SIM_NEVER;
    for (size_t a = 0; a < scenario->alternative_count; a++) {
        const struct alternative *alternative = &scenario->alternatives[a];
        bool shorter = alternative->config.horizon < least;
        if (alternative->warm_up_auto && shorter) least = alternative->config.horizon;
    }
    return least;
}

struct scenario *warm_up_pilots(const struct scenario *scenario)
{
    struct alternative *alternatives;
    struct scenario *pilots = copy(scenario, &alternatives);
    size_t batch;
    sim_time horizon = shortest_horizon(scenario);
    sim_time step = grid(scenario, horizon, &batch);
    pilots->alternative_count = 0;
    for (size_t a = 0; a < scenario->alternative_count; a++) {
        if (!scenario->alternatives[a].warm_up_auto) continue;
        struct alternative *own = &alternatives[pilots->alternative_count++];
        *own = scenario->alternatives[a];
        own->config.horizon = horizon;
        own->config.series_step = step;
    }
    pilots->seed += UINT64_C(0x9e3779b97f4a7c15); // other numbers than those that are analysed
    pilots->replications = (struct replication_plan){.min = WARM_UP_PILOTS, .max = WARM_UP_PILOTS};
    pilots->expectation_count = 0;
    return pilots;
}

struct scenario *warm_up_apply(const struct scenario *scenario, sim_time cut)
{
    struct alternative *alternatives;
    struct scenario *own = copy(scenario, &alternatives);
    for (size_t a = 0; a < scenario->alternative_count; a++) {
        alternatives[a] = scenario->alternatives[a];
        if (alternatives[a].warm_up_auto) alternatives[a].config.warm_up = cut;
    }
    return own;
}

enum { IN_SYSTEM, RUNNERS, KINDS };
static const char *const what[KINDS] = {"requests in the system", "runners"};

struct warm_up warm_up_begin(const struct scenario *pilots)
{
    struct warm_up w = {.asked = true, .pilots = WARM_UP_PILOTS};
    w.step = grid(pilots, pilots->alternatives[0].config.horizon, &w.batch);
    w.bins = (size_t)(pilots->alternatives[0].config.horizon / w.step);
    for (size_t a = 0; a < pilots->alternative_count; a++)
        w.count += (size_t)pilots->alternatives[a].config.app_count * KINDS;
    w.series = memory_new(sizeof *w.series, w.count);
    size_t at = 0;
    for (size_t a = 0; a < pilots->alternative_count; a++) {
        const struct scenario_config *config = &pilots->alternatives[a].config;
        for (uint32_t app = 0; app < config->app_count; app++)
            for (int kind = 0; kind < KINDS; kind++)
                w.series[at++] =
                    (struct warm_up_series){.alternative = pilots->alternatives[a].name,
                                            .app = config->apps[app].name,
                                            .what = what[kind],
                                            .values = memory_new(sizeof(double), w.bins)};
    }
    return w;
}

static int kind_of(const struct metric *metric)
{
    if (strcmp(metric->name, "series_runners") == 0) return RUNNERS;
    bool in_system = strcmp(metric->name, "series_queue_length") == 0 ||
                     strcmp(metric->name, "series_in_flight") == 0;
    return in_system ? IN_SYSTEM : KINDS;
}

static struct warm_up_series *find(struct warm_up *w, const char *alternative, const char *app,
                                   int kind)
{
    for (size_t i = (size_t)kind; i < w->count; i += KINDS)
        if (strcmp(w->series[i].alternative, alternative) == 0 &&
            strcmp(w->series[i].app, app) == 0)
            return &w->series[i];
    return NULL;
}

void warm_up_add(struct warm_up *w, const struct scenario *pilots, size_t alternative,
                 const struct series *series)
{
    const char *name = pilots->alternatives[alternative].name;
    SIM_CHECK(series->bins >= w->bins);
    for (size_t c = 0; c < series->column_count; c++) {
        const struct column *column = &series->columns[c].column;
        int kind = kind_of(column->metric);
        if (kind == KINDS) continue;
        struct warm_up_series *to = find(w, name, column->labels[LABEL_APP], kind);
        SIM_CHECK(to != NULL);
        for (size_t bin = 0; bin < w->bins; bin++)
            to->values[bin] += series->columns[c].values[bin] / w->pilots;
    }
}

void warm_up_decide(struct warm_up *w)
{
    size_t most = 0;
    for (size_t i = 0; i < w->count; i++) {
        struct mser mser = mser_of(w->series[i].values, w->bins, w->batch);
        w->series[i].cut = mser.cut;
        w->series[i].inconclusive = mser.inconclusive;
        w->inconclusive = w->inconclusive || mser.inconclusive;
        if (mser.cut > most) most = mser.cut;
    }
    w->cut = (sim_time)most * w->step;
}

void warm_up_free(struct warm_up *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->series[i].values);
    free(w->series);
    free((char *)w->fault);
    *w = (struct warm_up){0};
}
