#pragma once

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/contest.h"
#include "bench/experiment/pairing.h"
#include "bench/experiment/summary.h"

// A comparison of up to six alternatives, made by the real modules from numbers that are easy to
// check by hand: the control is 0 or alternates, the others are away from it by constants and
// alternating parts.

enum { COMPARED_MOST = 6, COMPARED_COLUMNS = 5, COMPARED_RUNS = 10 };

struct compared {
    struct experiment_result result;
    struct scenario scenario;
    struct alternative names[COMPARED_MOST];
    struct alternative_result alternatives[COMPARED_MOST];
    struct column columns[COMPARED_COLUMNS];
    double values[COMPARED_MOST][COMPARED_RUNS * COMPARED_COLUMNS];
    struct summary summaries[COMPARED_MOST][COMPARED_COLUMNS];
    struct headline headlines[COMPARED_COLUMNS];
    struct selection_plan plan;
};

static const struct zone compared_zones[] = {{"wait_s", 2}};

// Column by column: unserved_time_s falls by 10 x number, killed_in_flight is always 3, wait_s
// differs by 0.1 +- 1 within a zone of 2, cost_usd rises by 0.07 x number, good_ratio by 0.01 +-
// 0.1.
static inline double compared_value(size_t alternative, size_t column, size_t run)
{
    double number = (double)alternative, turn = run % 2 ? 1 : -1, away = alternative > 0;
    switch (column) {
    case 0:
        return 100 + turn - 10 * number + 0.5 * away * (run % 3 ? 1 : -2);
    case 1:
        return 3;
    case 2:
        return 5 + away * (0.1 + turn);
    case 3:
        return 2 + 0.1 * turn + 0.07 * number;
    default:
        return 0.5 + away * (0.01 + 0.1 * turn);
    }
}

static inline void compared_fill(struct compared *c, size_t count)
{
    static const char *const names[] = {"recreate", "rolling", "blue_green",
                                        "canary",   "detach",  "k8s\x1b[2J"};
    for (size_t a = 0; a < count; a++) {
        c->names[a] = (struct alternative){.name = names[a], .config = {.app_count = 1}};
        c->alternatives[a] = (struct alternative_result){.alternative = &c->names[a],
                                                         .replications = COMPARED_RUNS,
                                                         .columns = c->columns,
                                                         .column_count = COMPARED_COLUMNS,
                                                         .values = c->values[a],
                                                         .summaries = c->summaries[a],
                                                         .precision_reached = true};
        for (size_t r = 0; r < COMPARED_RUNS; r++)
            for (size_t k = 0; k < COMPARED_COLUMNS; k++)
                c->values[a][r * COMPARED_COLUMNS + k] = compared_value(a, k, r);
        for (size_t k = 0; k < COMPARED_COLUMNS; k++)
            c->summaries[a][k] = summary_of(
                (struct sample){&c->values[a][k], COMPARED_COLUMNS, COMPARED_RUNS}, SUMMARY_LEVEL);
    }
}

static inline struct compared *compared_create(size_t count, size_t control)
{
    static const char *const metrics_of[] = {"unserved_time_s", "killed_in_flight", "wait_s",
                                             "cost_usd", "good_ratio"};
    struct compared *c = calloc(1, sizeof *c);
    for (size_t k = 0; k < COMPARED_COLUMNS; k++) {
        c->columns[k].metric = metric_find(metrics_of[k]);
        c->columns[k].labels[LABEL_APP] = k == 3 ? NULL : "MyApp";
        c->headlines[k].metric = c->columns[k].metric;
    }
    c->columns[2].labels[LABEL_QUANTILE] = "0.99";
    c->columns[3].labels[LABEL_PAYER] = "owner";
    compared_fill(c, count);
    c->plan = (struct selection_plan){.metric = "unserved_time_s", .smallest = true};
    c->scenario = (struct scenario){.title = "Rollouts",
                                    .question = "Which is best?",
                                    .path = "r.json",
                                    .seed_text = "42",
                                    .alternatives = c->names,
                                    .alternative_count = count};
    c->result = (struct experiment_result){.scenario = &c->scenario,
                                           .alternatives = c->alternatives,
                                           .alternative_count = count,
                                           .control = control};
    const struct pairing_plan pairing = {.control = control,
                                         .zones = compared_zones,
                                         .zone_count = 1,
                                         .headlines = c->headlines,
                                         .headline_count = COMPARED_COLUMNS};
    c->result.comparisons =
        pairing_all(&pairing, c->alternatives, count, &c->result.comparison_count);
    c->result.contest = contest_of(&c->plan, c->alternatives, count, false);
    return c;
}

static inline void compared_free(struct compared *c)
{
    free(c->result.comparisons);
    contest_free(&c->result.contest);
    free(c->result.selection.eliminated);
    free(c);
}
