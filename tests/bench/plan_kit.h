#pragma once

#include "tests/bench/probe.h"

#include "bench/experiment/plan.h"

// A scenario with a plan, loaded and searched.

struct planned {
    struct probe probe;
    struct scenario_source source;
    struct evaluator_options options;
    struct plan_result result;
    const char *error;
    bool ran;
};

// The app is always on: c runners, Poisson arrivals at 8/s, exponential services of 1 s: M/M/c.
#define PLAN_MMC(horizon, replications, plan)                                                      \
    "{\"warmpool\": 1, \"title\": \"M/M/c\", \"seed\": \"7\", \"horizon\": \"" horizon "\","       \
    " \"warm_up\": \"2m\", \"replications\": " replications ","                                    \
    " \"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"autoscaler\": \"fixed\","               \
    "   \"max_concurrency\": 20, \"traffic\": [{\"poisson\": {\"rate_per_s\": 8},"                 \
    "   \"service\": {\"exponential\": {\"mean\": \"1s\"}}}]}},"                                   \
    " \"plan\": {\"minimise\": {\"metric\": \"cost_usd\"}, " plan "}}"

// The promise is the mean wait itself: no number of replications decides that.
#define PLAN_ON_THE_LIMIT                                                                          \
    PLAN_MMC("300s", "2",                                                                          \
             "\"replications\": {\"initial\": 2, \"max\": 4}, \"subject_to\": "                    \
             "[{\"metric\": \"wait_mean_s\", \"max\": 0.2045901}], \"knobs\": "                    \
             "{\"/apps/A/max_concurrency\": {\"values\": [10]}}")

static inline void plan_kit_run(struct planned *p, const char *text)
{
    *p = (struct planned){.probe = probe_load(text, NULL)};
    if (!p->probe.good) fail_msg("%s", p->probe.messages);
    p->source = (struct scenario_source){{"t.json", text, strlen(text)}, NULL, 0};
    p->options = (struct evaluator_options){.source = &p->source, .threads = 2};
    p->ran = plan_run(&p->result, &p->probe.scenario, &p->options, &p->error);
}

static inline void plan_kit_free(struct planned *p)
{
    plan_free(&p->result);
    probe_close(&p->probe);
}
