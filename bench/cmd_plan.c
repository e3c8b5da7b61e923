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

struct planning {
    const struct options *options;
    struct study study;
};

static enum status load(struct planning *planning)
{
    enum status status = cmd_load(planning->options, &planning->study);
    if (status != STATUS_OK || planning->study.scenario.search) return status;
    fprintf(stderr, "warmpool: %s: the file has no \"plan\": what to minimise, subject to what\n",
            planning->study.path);
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

static enum status report(const struct planning *planning, const struct plan_result *result)
{
    const struct options *options = planning->options;
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
                planning->study.path, result->interrupted ? "interrupted: " : "",
                result->search.count, result->replications, result->events, result->wall_s);
    bool written =
        cmd_write(options, status, result->chosen == SIZE_MAX ? none : chosen, draw, result);
    if (options->format == FORMAT_JSON)
        plan_data_json(stdout, result, (int)status);
    else
        report_plan_text(stdout, result, cmd_colour());
    fflush(stdout);
    return written ? status : STATUS_FAILED;
}

static enum status search(void *context, const struct evaluator_options *how)
{
    const struct planning *planning = context;
    struct plan_result result;
    const char *error = "";
    bool ran = plan_run(&result, &planning->study.scenario, how, &error);
    progress_clear(how->progress);
    enum status status = STATUS_FAILED;
    if (ran)
        status = report(planning, &result);
    else
        fprintf(stderr, "warmpool: %s: %s\n", planning->study.path, error);
    plan_free(&result);
    return status;
}

enum status cmd_plan(const struct options *options)
{
    struct planning planning = {.options = options};
    enum status status = load(&planning);
    if (status == STATUS_OK && !cmd_prepare(options)) status = STATUS_FAILED;
    if (status == STATUS_OK) status = cmd_simulate(options, &planning.study, search, &planning);
    study_close(&planning.study);
    return status;
}
