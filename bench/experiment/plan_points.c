#include "bench/experiment/plan_points.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/choice.h"
#include "bench/experiment/design.h"
#include "bench/experiment/expect.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/summary.h"

// Promises.

static double allowed_scale(double limit)
{
    return fabs(limit) > 0 ? fabs(limit) : 1;
}

double plan_excess(const struct search_limit *limit, double value)
{
    if (isnan(value)) return INFINITY;
    double excess = 0;
    if (value > limit->max) excess = (value - limit->max) / allowed_scale(limit->max);
    if (value < limit->min) excess = fmax(excess, (limit->min - value) / allowed_scale(limit->min));
    return excess;
}

static enum feasibility judge(const struct search_limit *limit, const struct summary *summary)
{
    const struct expectation promise = {
        .metric = limit->choice.metric, .min = limit->min, .max = limit->max};
    switch (expect_verdict(&promise, summary)) {
    case VERDICT_MET:
        return summary->n < 2 ? POINT_UNDECIDED : POINT_FEASIBLE;
    case VERDICT_UNDECIDED:
        return POINT_UNDECIDED;
    case VERDICT_MISSED:
    case VERDICT_NO_DATA:
        break;
    }
    return POINT_INFEASIBLE;
}

struct plan_check *plan_checks(const struct plan_result *result, const struct plan_point *point,
                               size_t *count)
{
    const struct alternative_result *r = &point->evaluation.result;
    struct plan_check *list = NULL;
    *count = 0;
    for (size_t l = 0; l < result->plan->limit_count; l++) {
        const struct search_limit *limit = &result->plan->limits[l];
        size_t before = *count;
        list = memory_grow(list, sizeof *list, *count + r->column_count + 1);
        for (size_t c = 0; c < r->column_count; c++)
            if (choice_means(&limit->choice, r->columns, r->column_count, c))
                list[(*count)++] = (struct plan_check){limit, &r->columns[c], &r->summaries[c],
                                                       judge(limit, &r->summaries[c])};
        if (*count == before)
            list[(*count)++] = (struct plan_check){limit, NULL, NULL, POINT_INFEASIBLE};
    }
    return list;
}

static void judge_point(const struct plan_run *run, struct plan_point *point)
{
    struct search_point *place = point->place;
    size_t count;
    struct plan_check *checks = plan_checks(run->result, point, &count);
    place->feasibility = POINT_FEASIBLE;
    place->violation = 0;
    point->worst = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        enum feasibility own = checks[i].feasibility;
        if (own == POINT_FEASIBLE) continue;
        if (place->feasibility != POINT_INFEASIBLE) place->feasibility = own;
        const struct summary *s = checks[i].summary;
        double excess = plan_excess(checks[i].limit, s ? s->mean : NAN);
        size_t limit = (size_t)(checks[i].limit - run->result->plan->limits);
        if (point->worst == SIZE_MAX || excess > place->violation) point->worst = limit;
        place->violation = fmax(place->violation, excess);
    }
    free(checks);
}

// Points.

static void refuse(struct plan_run *run, struct plan_point *point, const char *why)
{
    point->refused = arena_copy_text(run->arena, why);
    *point->place = (struct search_point){.feasibility = POINT_INFEASIBLE,
                                          .cost = NAN,
                                          .cost_low = NAN,
                                          .cost_high = NAN,
                                          .violation = NAN,
                                          .exhausted = true,
                                          .data = point};
}

// The first problem that the scenario has with the setting; NULL: none.
char *plan_points_problem(const struct plan_run *run, const struct scenario_point *what)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    if (!arena) return NULL;
    struct diag *diag = diag_create(arena);
    char *text = NULL;
    size_t size = 0;
    FILE *out =
        evaluator_check(run->options->source, &what, 1, diag) ? NULL : open_memstream(&text, &size);
    if (out) {
        diag_print(diag, out);
        fclose(out);
        text[strcspn(text, "\n")] = '\0';
    }
    arena_destroy(arena);
    return text;
}

static struct plan_point *make_point(struct plan_run *run, struct search_point *place)
{
    const struct search_plan *plan = run->result->plan;
    struct plan_point *point = arena_new(run->arena, struct plan_point, 1);
    for (size_t k = 0; k < plan->knob_count; k++)
        point->values[k] = &plan->knobs[k].axis.values[place->levels[k]];
    point->what = design_point_of(run->arena, point->values, plan->knob_count);
    point->evaluation = evaluation_of(&point->what);
    point->place = place;
    place->data = point;
    run->points = memory_grow(run->points, sizeof(*run->points), run->count + 1);
    run->points[run->count++] = point;
    char *problem = plan_points_problem(run, &point->what);
    if (problem) {
        uint32_t levels[SEARCH_KNOBS_MAX];
        memcpy(levels, place->levels, sizeof levels);
        refuse(run, point, problem);
        memcpy(place->levels, levels, sizeof levels);
    }
    free(problem);
    return point;
}

static void total_costs(const struct plan_run *run, struct plan_point *point)
{
    const struct alternative_result *r = &point->evaluation.result;
    point->costs = memory_grow(point->costs, sizeof *point->costs, r->replications + (size_t)1);
    for (uint32_t n = 0; n < r->replications; n++)
        point->costs[n] = choice_total(&run->result->plan->minimise, r->columns, r->column_count,
                                       &r->values[n * r->column_count]);
    point->cost = summary_of((struct sample){point->costs, 1, r->replications}, SUMMARY_LEVEL);
}

static void take_stock(struct plan_run *run, struct plan_point *point)
{
    struct search_point *place = point->place;
    const struct alternative_result *r = &point->evaluation.result;
    evaluation_summarise(&point->evaluation);
    total_costs(run, point);
    judge_point(run, point);
    place->cost = point->cost.mean;
    place->cost_low = isnan(point->cost.low) ? point->cost.mean : point->cost.low;
    place->cost_high = isnan(point->cost.high) ? point->cost.mean : point->cost.high;
    place->exhausted = r->fault != NULL || r->replications >= run->result->plan->most;
    if (!r->fault && !isnan(place->cost)) return;
    place->feasibility = POINT_INFEASIBLE;
    if (r->fault) place->violation = NAN;
}

bool plan_points_run(struct plan_run *run, struct plan_point *const *points, size_t count)
{
    struct evaluation **list = memory_new(sizeof *list, count);
    for (size_t i = 0; i < count; i++)
        list[i] = &points[i]->evaluation;
    run->end = evaluator_run(run->evaluator, list, count);
    free(list);
    for (size_t i = 0; i < count; i++)
        take_stock(run, points[i]);
    if (run->end == EVALUATOR_FAILED) run->error = evaluator_error(run->evaluator);
    return run->end == EVALUATOR_DONE;
}

static uint32_t more_than(const struct plan_run *run, uint32_t replications)
{
    uint32_t most = run->result->plan->most;
    return replications > most / 2 ? most : 2 * replications;
}

// A minimised number that is none at the first point is none at all.
static bool check_cost(struct plan_run *run, const struct plan_point *point)
{
    if (!isnan(point->cost.mean) || point->evaluation.result.fault) return true;
    run->error = "the number to minimise is undefined, or means several that do not add up: "
                 "name its labels in /plan/minimise";
    run->end = EVALUATOR_FAILED;
    return false;
}

bool plan_points_assess(void *context, struct search_point *const *places, size_t count, bool more)
{
    struct plan_run *run = context;
    struct plan_point **points = memory_new(sizeof *points, count);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        struct plan_point *point = more ? places[i]->data : make_point(run, places[i]);
        if (point->refused) continue;
        point->evaluation.wanted =
            more ? more_than(run, point->evaluation.wanted) : run->result->plan->initial;
        points[used++] = point;
    }
    bool good = plan_points_run(run, points, used);
    if (good && used > 0) good = check_cost(run, points[0]);
    free(points);
    return good;
}
