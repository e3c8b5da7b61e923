#include "bench/experiment/plan_points.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/kn.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/summary.h"
#include "models/autoscaler.h"

enum { RIVALS_MAX = 20, KN_STEP = 10, ROUNDS_MAX = 5 };

static const size_t reserve_bytes = (size_t)4 << 30; // address space

// Selection of the cheapest among close feasible settings.

static size_t rivals_of(const struct plan_run *run, size_t best, size_t *rivals)
{
    const struct search_result *search = &run->result->search;
    size_t count = 0;
    rivals[count++] = best;
    for (size_t i = 0; i < search->count && count < RIVALS_MAX; i++) {
        const struct search_point *p = search->points[i];
        if (i == best || p->feasibility != POINT_FEASIBLE) continue;
        if (p->cost_low <= search->points[best]->cost_high) rivals[count++] = i;
    }
    return count;
}

// More replications for the settings still in the race.  False: there are no more to have.
static bool extend(struct plan_run *run, const struct kn *kn, const size_t *rivals, size_t count,
                   uint32_t to)
{
    struct plan_point *list[RIVALS_MAX];
    size_t used = 0;
    if (to > run->result->plan->most) return false;
    for (size_t i = 0; i < count; i++) {
        struct plan_point *point = run->points[rivals[i]];
        if (!kn_in_race(kn, i) || point->evaluation.result.replications >= to) continue;
        uint32_t wanted = to + KN_STEP - 1;
        if (wanted > run->result->plan->most) wanted = run->result->plan->most;
        if (point->evaluation.wanted < wanted) point->evaluation.wanted = wanted;
        list[used++] = point;
    }
    return plan_points_run(run, list, used);
}

static bool race(struct plan_run *run, struct kn *kn, const size_t *rivals, size_t count)
{
    double values[RIVALS_MAX];
    for (uint32_t n = 0;; n++) {
        if (!extend(run, kn, rivals, count, n + 1)) return false;
        for (size_t i = 0; i < count; i++) {
            const struct plan_point *point = run->points[rivals[i]];
            bool there = n < point->evaluation.result.replications;
            values[i] = there ? point->costs[n] : NAN;
        }
        enum kn_end end = kn_add(kn, values);
        if (end != KN_MORE) return end == KN_SELECTED;
    }
}

static double zone_of(const struct plan_run *run)
{
    const struct plan_result *result = run->result;
    size_t best = search_cheapest(&result->search);
    if (!isnan(result->plan->indifference)) return result->plan->indifference;
    double least = best == SIZE_MAX ? 0 : fabs(result->search.points[best]->cost);
    return fmax(0.01 * least, 1e-12);
}

// The selected one, or the best mean when the race was not decided.
static size_t select_among(struct plan_run *run, const size_t *rivals, size_t count)
{
    struct plan_result *result = run->result;
    const struct kn_rule rule = {
        .confidence = 0.95, .zone = result->zone, .first = result->plan->initial, .smallest = true};
    struct kn *kn = kn_create(&rule, count);
    result->rivals = count - 1;
    result->selected = race(run, kn, rivals, count);
    size_t best = result->selected ? rivals[kn_best(kn)] : search_cheapest(&result->search);
    kn_free(kn);
    return best;
}

// More replications may show that a setting is not feasible after all: then once more.
static void select_cheapest(struct plan_run *run)
{
    struct plan_result *result = run->result;
    size_t rivals[RIVALS_MAX];
    result->selected = true;
    result->zone = zone_of(run);
    for (int round = 0; round < ROUNDS_MAX && run->end == EVALUATOR_DONE; round++) {
        result->chosen = search_cheapest(&result->search);
        if (result->chosen == SIZE_MAX) return;
        size_t count = rivals_of(run, result->chosen, rivals);
        if (count > 1) result->chosen = select_among(run, rivals, count);
        bool stays = run->result->search.points[result->chosen]->feasibility == POINT_FEASIBLE;
        if (stays && search_resolve(&result->search, &run->problem) &&
            (count == 1 || result->selected || round > 0))
            return;
    }
    if (result->chosen != SIZE_MAX &&
        result->search.points[result->chosen]->feasibility != POINT_FEASIBLE)
        result->chosen = search_cheapest(&result->search);
}

// Is a neighbour better after all?
static bool is_beaten(const struct plan_result *result)
{
    const struct search_result *search = &result->search;
    size_t best = search_cheapest(search);
    return best != SIZE_MAX && search->points[best]->cost < search->points[result->chosen]->cost &&
           search->points[result->chosen]->cost - search->points[best]->cost > result->zone;
}

static size_t index_of(const struct search_result *search, const struct search_point *point)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->points[i] == point) return i;
    return SIZE_MAX;
}

// Neighbours of the chosen setting are looked at even when the budget is spent.
static void look_at_neighbours(struct plan_run *run)
{
    struct plan_result *result = run->result;
    struct search_problem problem = run->problem;
    problem.budget = UINT32_MAX;
    result->neighbour_count = 0;
    const struct search_point *centre = result->search.points[result->chosen];
    for (size_t k = 0; k < problem.knobs && run->end == EVALUATOR_DONE; k++)
        for (int step = -1; step <= 1; step += 2) {
            struct search_point *p = search_neighbour(&result->search, &problem, centre, k, step);
            result->neighbours[result->neighbour_count++] =
                (struct plan_neighbour){k, step, p ? index_of(&result->search, p) : SIZE_MAX};
        }
}

// The floor: what the traffic costs with the setting and perfect foresight.

static bool has_oracle(void)
{
    for (size_t i = 0; autoscaler_policies[i]; i++)
        if (strcmp(autoscaler_policies[i]->name, "oracle") == 0) return true;
    return false;
}

static const char *pointer_of(struct arena *arena, const char *app, const char *key)
{
    size_t size = 2 * strlen(app) + strlen(key) + 16, used = 0;
    char *text = arena_new(arena, char, size);
    used = (size_t)snprintf(text, size, "/apps/");
    for (; *app; app++) {
        bool special = *app == '~' || *app == '/';
        if (special) text[used++] = '~';
        text[used++] = *app == '~' ? '0' : *app == '/' ? '1' : *app;
    }
    snprintf(text + used, size - used, "/%s", key);
    return text;
}

static struct scenario_point oracle_point(const struct plan_run *run)
{
    static const struct {
        const char *key, *json;
    } sets[] = {{"autoscaler", "\"oracle\""}, {"min_concurrency", "0"}};
    enum { SETS = sizeof sets / sizeof *sets };
    const struct scenario_config *config = &run->result->scenario->alternatives[0].config;
    const struct scenario_point *chosen = &run->points[run->result->chosen]->what;
    size_t most = chosen->count + SETS * config->app_count, count = chosen->count;
    struct scenario_change *changes = arena_new(run->arena, struct scenario_change, most);
    memcpy(changes, chosen->changes, count * sizeof *changes);
    for (uint32_t a = 0; a < config->app_count; a++)
        for (size_t i = 0; i < SETS; i++)
            changes[count++] = (struct scenario_change){
                .pointer = pointer_of(run->arena, config->apps[a].name, sets[i].key),
                .json = sets[i].json,
                .place = {.file = run->result->scenario->path}};
    return (struct scenario_point){"oracle", changes, count};
}

static void measure_distance(struct plan_run *run, const struct plan_point *floor)
{
    const struct plan_point *chosen = run->points[run->result->chosen];
    uint32_t n = floor->evaluation.result.replications;
    if (chosen->evaluation.result.replications < n) n = chosen->evaluation.result.replications;
    double *shares = memory_new(sizeof *shares, n);
    for (uint32_t i = 0; i < n; i++)
        shares[i] = floor->costs[i] > 0 ? chosen->costs[i] / floor->costs[i] - 1 : NAN;
    run->result->floor_distance = summary_of((struct sample){shares, 1, n}, SUMMARY_LEVEL);
    free(shares);
}

static void find_floor(struct plan_run *run)
{
    struct plan_result *result = run->result;
    if (!has_oracle()) return;
    struct plan_point floor = {.what = oracle_point(run)};
    struct search_point place = {0};
    char *problem = plan_points_problem(run, &floor.what);
    result->floor = problem ? FLOOR_REFUSED : FLOOR_FOUND;
    free(problem);
    if (result->floor == FLOOR_REFUSED) return;
    struct plan_point *list[] = {&floor};
    floor.place = &place;
    floor.evaluation = evaluation_of(&floor.what);
    floor.evaluation.wanted = run->points[result->chosen]->evaluation.result.replications;
    if (!plan_points_run(run, list, 1) || floor.evaluation.result.fault)
        result->floor = FLOOR_REFUSED;
    if (result->floor == FLOOR_FOUND) {
        result->floor_cost = floor.cost;
        measure_distance(run, &floor);
    }
    evaluation_free(&floor.evaluation);
    free(floor.costs);
}

// All together.

// A neighbour that is better by more than the zone is chosen in its turn.
static void choose(struct plan_run *run)
{
    struct plan_result *result = run->result;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        if (run->end == EVALUATOR_DONE) select_cheapest(run);
        if (run->end != EVALUATOR_DONE) result->chosen = search_cheapest(&result->search);
        if (result->chosen == SIZE_MAX || run->end != EVALUATOR_DONE) return;
        look_at_neighbours(run);
        if (!is_beaten(result)) return;
    }
}

static bool open_run(struct plan_run *run)
{
    const struct search_plan *plan = run->result->plan;
    run->arena = arena_create(reserve_bytes);
    if (!run->arena) return false;
    run->keep = arena_new(run->arena, struct metric_choice, plan->limit_count + 1);
    run->keep[0] = plan->minimise;
    for (size_t i = 0; i < plan->limit_count; i++)
        run->keep[i + 1] = plan->limits[i].choice;
    struct evaluator_options own = *run->options;
    own.keep = run->keep;
    own.keep_count = plan->limit_count + 1;
    run->evaluator = evaluator_create(&own);
    for (size_t k = 0; k < plan->knob_count; k++) {
        run->sizes[k] = (uint32_t)plan->knobs[k].axis.count;
        run->trends[k] = plan->knobs[k].trend;
    }
    run->problem = (struct search_problem){plan->knob_count, run->sizes,         run->trends,
                                           plan->points,     plan_points_assess, run};
    return run->evaluator != NULL;
}

static void count_up(struct plan_result *result)
{
    const struct plan_run *run = result->run;
    for (size_t i = 0; i < run->count; i++) {
        result->replications += run->points[i]->evaluation.result.replications;
        result->events += run->points[i]->evaluation.result.events;
    }
    for (size_t i = 0; i < result->search.count; i++)
        result->undecided += search_could_win(&result->search, result->search.points[i]);
    result->points = run->points;
}

bool plan_run(struct plan_result *result, const struct scenario *scenario,
              const struct evaluator_options *options, const char **error)
{
    double started_s = progress_now();
    struct plan_run *run = memory_new(sizeof *run, 1);
    *result = (struct plan_result){.scenario = scenario,
                                   .plan = scenario->search,
                                   .chosen = SIZE_MAX,
                                   .closest = SIZE_MAX,
                                   .run = run};
    *run = (struct plan_run){.result = result, .options = options, .end = EVALUATOR_DONE};
    if (!open_run(run)) {
        *error = strerror(errno);
        return false;
    }
    search_run(&result->search, &run->problem);
    choose(run);
    if (result->chosen != SIZE_MAX && run->end == EVALUATOR_DONE) find_floor(run);
    if (result->chosen == SIZE_MAX) result->closest = search_closest(&result->search);
    result->interrupted = run->end == EVALUATOR_INTERRUPTED;
    count_up(result);
    result->wall_s = progress_now() - started_s;
    *error = run->error;
    return run->end != EVALUATOR_FAILED;
}

void plan_free(struct plan_result *result)
{
    struct plan_run *run = result->run;
    for (size_t i = 0; run && i < run->count; i++) {
        evaluation_free(&run->points[i]->evaluation);
        free(run->points[i]->costs);
    }
    search_free(&result->search);
    if (run) {
        free(run->points);
        if (run->evaluator) evaluator_free(run->evaluator);
        arena_destroy(run->arena);
    }
    free(run);
    *result = (struct plan_result){0};
}
