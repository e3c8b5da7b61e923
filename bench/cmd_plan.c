// plan: the cheapest setting of the knobs of a file that keeps its promises.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/cmd.h"
#include "bench/experiment/plan.h"
#include "bench/output/figure_frontier.h"
#include "bench/output/plan_data.h"
#include "bench/output/report_plan.h"
#include "bench/study.h"

static enum status load(struct study *study, const struct options *options)
{
    switch (study_load(study, options->operands.items[1], options, stderr)) {
    case STUDY_INVALID:
        return STATUS_INVALID;
    case STUDY_NO_MEMORY:
        return STATUS_FAILED;
    case STUDY_GOOD:
        break;
    }
    if (study->scenario.search) return STATUS_OK;
    fprintf(stderr, "warmpool: %s: the file has no \"plan\": what to minimise, subject to what\n",
            study->path);
    return STATUS_USAGE;
}

static enum status status_of(const struct plan_result *result)
{
    if (result->interrupted) return STATUS_INTERRUPTED;
    if (result->chosen != SIZE_MAX) return STATUS_OK;
    for (size_t i = 0; i < result->search.count; i++)
        if (result->search.points[i]->feasibility == POINT_UNDECIDED) return STATUS_UNDECIDED;
    return STATUS_MISSED;
}

static bool write_json(FILE *out, const void *result, int exit_code)
{
    return plan_data_json(out, result, exit_code);
}

static bool write_points(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return plan_data_points(out, result);
}

static bool write_patch(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return plan_data_patch(out, result);
}

static size_t draw(const void *result, const char *folder, struct files_problem *problem)
{
    return figure_frontier_draw_all(result, folder, problem);
}

static enum status report(const struct study *study, const struct options *options,
                          const struct plan_result *result)
{
    static const struct output_file chosen[] = {{"result.json", write_json},
                                                {"points.csv", write_points},
                                                {"plan.json", write_patch},
                                                {NULL, NULL}};
    static const struct output_file none[] = {
        {"result.json", write_json}, {"points.csv", write_points}, {NULL, NULL}};
    enum status status = status_of(result);
    if (!options->quiet)
        fprintf(stderr,
                "warmpool: %s: %s%zu settings, %" PRIu64 " replications, %" PRIu64
                " events in %.2f s\n",
                study->path, result->interrupted ? "interrupted: " : "", result->search.count,
                result->replications, result->events, result->wall_s);
    bool written =
        cmd_write(options, status, result->chosen == SIZE_MAX ? none : chosen, draw, result);
    if (options->format == FORMAT_JSON)
        plan_data_json(stdout, result, (int)status);
    else
        report_plan_text(stdout, result, cmd_colour());
    fflush(stdout);
    return written ? status : STATUS_FAILED;
}

static enum status search(const struct study *study, const struct options *options,
                          const struct interrupt *interrupt)
{
    struct progress progress;
    progress_start(&progress, cmd_progress_wanted(options) ? stderr : NULL, study->path,
                   progress_now());
    const struct evaluator_options how = {
        .source = &study->source,
        .threads = cmd_threads(options),
        .progress = &progress,
        .interrupt = interrupt,
    };
    struct plan_result result;
    const char *error = "";
    bool ran = plan_run(&result, &study->scenario, &how, &error);
    progress_clear(&progress);
    enum status status = STATUS_FAILED;
    if (ran)
        status = report(study, options, &result);
    else
        fprintf(stderr, "warmpool: %s: %s\n", study->path, error);
    plan_free(&result);
    return status;
}

static enum status run(struct study *study, const struct options *options)
{
    enum status status = load(study, options);
    if (status != STATUS_OK) return status;
    if (!cmd_prepare(options)) return STATUS_FAILED;
    struct interrupt *interrupt = interrupt_watch();
    if (!interrupt) {
        perror("warmpool: cannot start a thread");
        return STATUS_FAILED;
    }
    status = search(study, options, interrupt);
    interrupt_end(interrupt);
    return status;
}

enum status cmd_plan(const struct options *options)
{
    if (options->operands.count != 2) {
        fprintf(stderr, "warmpool: plan: expected one scenario file, got %zu\n",
                options->operands.count - 1);
        return STATUS_USAGE;
    }
    struct study study = {0};
    enum status status = run(&study, options);
    study_close(&study);
    return status;
}
