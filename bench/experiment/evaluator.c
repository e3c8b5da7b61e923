#include "bench/experiment/evaluator.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/choice.h"
#include "bench/experiment/jobs.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/summary.h"
#include "bench/input/codes.h"
#include "sim/check.h"

enum { BATCH = 64 }; // points read at once

static const size_t reserve_bytes = (size_t)4 << 30; // address space

struct evaluator {
    struct evaluator_options options;
    struct arena *texts;   // of columns, as long as the evaluator
    struct arena *scratch; // of a batch
    uint64_t done, needed; // replications, for the progress line
    const char *error;
};

struct evaluator *evaluator_create(const struct evaluator_options *options)
{
    struct evaluator *e = memory_new(sizeof *e, 1);
    e->options = *options;
    e->texts = arena_create(reserve_bytes);
    e->scratch = arena_create(reserve_bytes);
    if (e->texts && e->scratch) return e;
    int error = errno;
    evaluator_free(e);
    errno = error;
    return NULL;
}

void evaluator_free(struct evaluator *evaluator)
{
    arena_destroy(evaluator->texts);
    arena_destroy(evaluator->scratch);
    free(evaluator);
}

const char *evaluator_error(const struct evaluator *evaluator)
{
    return evaluator->error;
}

static enum evaluator_end broken(struct evaluator *e, const char *what, const char *why)
{
    char text[256];
    snprintf(text, sizeof text, "%s: %s", what, why);
    e->error = arena_copy_text(e->texts, text);
    return EVALUATOR_FAILED;
}

struct evaluation evaluation_of(const struct scenario_point *point)
{
    return (struct evaluation){.point = point, .alternative = {.name = point->name}};
}

void evaluation_free(struct evaluation *evaluation)
{
    struct alternative_result *r = &evaluation->result;
    free((char *)r->fault);
    free(r->columns);
    free(r->values);
    free(r->summaries);
    free(evaluation->kept);
}

void evaluation_summarise(struct evaluation *evaluation)
{
    struct alternative_result *r = &evaluation->result;
    free(r->summaries);
    r->alternative = &evaluation->alternative;
    r->summaries = memory_new(sizeof *r->summaries, r->column_count);
    for (size_t c = 0; c < r->column_count; c++)
        r->summaries[c] = summary_of(
            (struct sample){&r->values[c], r->column_count, r->replications}, SUMMARY_LEVEL);
}

// Taking down what a replication found.

static bool is_kept(const struct evaluator_options *options, const struct outcome *outcome,
                    size_t column)
{
    for (size_t i = 0; i < options->keep_count; i++)
        if (choice_means(&options->keep[i], outcome->columns, outcome->count, column)) return true;
    for (size_t i = 0; options->rules && i < options->rules->until_count; i++)
        if (strcmp(options->rules->until[i].metric, outcome->columns[column].metric->name) == 0)
            return true;
    return false;
}

static void keep_columns(struct evaluator *e, struct evaluation *evaluation,
                         const struct outcome *first)
{
    struct alternative_result *r = &evaluation->result;
    evaluation->kept = memory_new(sizeof *evaluation->kept, first->count);
    r->columns = memory_new(sizeof *r->columns, first->count);
    for (size_t c = 0; c < first->count; c++) {
        if (!is_kept(&e->options, first, c)) continue;
        struct column *column = &r->columns[r->column_count];
        evaluation->kept[r->column_count++] = c;
        *column = (struct column){.metric = first->columns[c].metric};
        for (size_t i = 0; i < LABELS; i++)
            if (first->columns[c].labels[i])
                column->labels[i] = arena_copy_text(e->texts, first->columns[c].labels[i]);
    }
    evaluation->full = first->count;
    evaluation->shape = first->shape;
}

static void add_replication(struct evaluation *evaluation, const struct outcome *outcome)
{
    struct alternative_result *r = &evaluation->result;
    SIM_CHECK(outcome->count == evaluation->full && outcome->shape == evaluation->shape);
    double *row = &r->values[r->replications * r->column_count];
    for (size_t c = 0; c < r->column_count; c++)
        row[c] = outcome->values[evaluation->kept[c]];
    r->events += outcome->events;
    r->replications++;
}

// False: this replication is not there, so later ones do not count either.
static bool take_down(struct evaluator *e, struct evaluation *evaluation,
                      const struct outcome *outcome)
{
    struct alternative_result *r = &evaluation->result;
    if (!outcome || r->fault) return false;
    if (outcome->fault) {
        r->fault = memory_text(outcome->fault);
        r->fault_replication = r->replications;
        return false;
    }
    if (r->replications == 0) keep_columns(e, evaluation, outcome);
    r->values = memory_grow(r->values, sizeof *r->values,
                            (r->replications + 1) * (r->column_count ? r->column_count : 1));
    add_replication(evaluation, outcome);
    return true;
}

// Batches.

static uint32_t missing(const struct evaluation *evaluation)
{
    const struct alternative_result *r = &evaluation->result;
    return r->fault || evaluation->wanted <= r->replications ? 0
                                                             : evaluation->wanted - r->replications;
}

static void look(void *context, size_t done)
{
    const struct evaluator *e = context;
    if (!e->options.progress) return;
    struct progress_state state = {.done = e->done + done, .needed = e->needed, .guessed = true};
    progress_show(e->options.progress, &state, progress_now());
}

static bool load_batch(struct evaluator *e, struct scenario *scenario,
                       struct evaluation *const *batch, size_t count)
{
    struct scenario_point points[BATCH];
    arena_reset(e->scratch);
    for (size_t i = 0; i < count; i++)
        points[i] = *batch[i]->point;
    struct diag *diag = diag_create(e->scratch);
    return scenario_load_points(scenario, e->scratch, e->options.source, points, count, diag);
}

// In order of replication, then point.
static size_t list_jobs(struct job *jobs, struct evaluation *const *batch, size_t count)
{
    size_t used = 0;
    for (uint32_t more = 0, some = 1; some; more++) {
        some = 0;
        for (size_t i = 0; i < count; i++) {
            if (more >= missing(batch[i])) continue;
            jobs[used++] =
                (struct job){.alternative = i, .replication = batch[i]->result.replications + more};
            some = 1;
        }
    }
    return used;
}

static void collect(struct evaluator *e, struct evaluation *const *batch, struct job *jobs,
                    size_t count)
{
    bool ended[BATCH] = {false};
    for (size_t j = 0; j < count; j++) {
        size_t i = jobs[j].alternative;
        if (!ended[i]) ended[i] = !take_down(e, batch[i], jobs[j].outcome);
        worker_free_outcome(jobs[j].outcome);
    }
}

static enum evaluator_end run_batch(struct evaluator *e, struct evaluation *const *batch,
                                    size_t count)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += missing(batch[i]);
    struct scenario scenario;
    if (!load_batch(e, &scenario, batch, count))
        return broken(e, "the scenario cannot be read again", "was a trace file changed?");
    struct job *jobs = memory_new(sizeof *jobs, total);
    list_jobs(jobs, batch, count);
    const struct jobs_options how = {e->options.threads, e->options.interrupt, look, e};
    enum jobs_end end = jobs_run(&scenario, jobs, total, &how);
    int error = errno;
    collect(e, batch, jobs, total);
    free(jobs);
    e->done += total;
    if (end == JOBS_FAILED) return broken(e, "cannot start a simulation thread", strerror(error));
    return end == JOBS_DONE ? EVALUATOR_DONE : EVALUATOR_INTERRUPTED;
}

enum evaluator_end evaluator_run(struct evaluator *evaluator, struct evaluation *const *list,
                                 size_t count)
{
    struct evaluation *batch[BATCH];
    evaluator->needed = evaluator->done;
    for (size_t i = 0; i < count; i++)
        evaluator->needed += missing(list[i]);
    enum evaluator_end end = EVALUATOR_DONE;
    size_t used = 0;
    for (size_t i = 0; i < count && end == EVALUATOR_DONE; i++) {
        if (missing(list[i]) > 0) batch[used++] = list[i];
        if (used == 0 || (used < BATCH && i + 1 < count)) continue;
        end = run_batch(evaluator, batch, used);
        used = 0;
    }
    return end;
}

bool evaluator_check(const struct scenario_source *source,
                     const struct scenario_point *const *points, size_t count, struct diag *diag)
{
    struct arena *scratch = arena_create(reserve_bytes);
    if (!scratch)
        return diag_error(diag, (struct diag_place){source->text.file, 0, 0}, CODE_FILE_READ, NULL,
                          "memory for the points of the sweep", strerror(errno), NULL);
    bool good = true;
    for (size_t first = 0; first < count; first += BATCH) {
        struct scenario_point batch[BATCH];
        size_t used = 0;
        for (; used < BATCH && first + used < count; used++)
            batch[used] = *points[first + used];
        struct scenario scenario;
        arena_reset(scratch);
        good = scenario_load_points(&scenario, scratch, source, batch, used, diag) && good;
    }
    arena_destroy(scratch);
    return good;
}
