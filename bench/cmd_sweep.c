// sweep: the variants of a scenario that its file describes.

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bench/cmd.h"
#include "bench/experiment/sweep.h"
#include "bench/output/files.h"
#include "bench/output/output.h"
#include "bench/output/report_sweep.h"
#include "bench/output/sweep_data.h"
#include "bench/output/sweep_figures.h"
#include "bench/running.h"
#include "bench/study.h"

struct sweeping {
    const struct options *options;
    struct study study;
    struct design design;
};

static enum status load(struct sweeping *sweeping)
{
    struct study *study = &sweeping->study;
    enum status status = cmd_load(sweeping->options, study);
    if (status != STATUS_OK || study->scenario.sweep) return status;
    fprintf(stderr,
            "warmpool: %s: the file has no \"sweep\"; name keys with --sweep /json/pointer=A,B,C\n",
            study->path);
    return STATUS_USAGE;
}

static enum status status_of(const struct sweep_result *result)
{
    enum status status = result->interrupted ? STATUS_INTERRUPTED : STATUS_OK;
    for (size_t i = 0; i < result->design->count; i++)
        if (result->points[i].result.fault) status = running_worse(status, STATUS_FAILED);
    return status;
}

static void explain_run(const struct sweeping *sweeping, const struct sweep_result *result)
{
    uint64_t replications = 0, events = 0;
    for (size_t i = 0; i < result->design->count; i++) {
        replications += result->points[i].result.replications;
        events += result->points[i].result.events;
    }
    fprintf(stderr,
            "warmpool: %s: %s%zu points, %" PRIu64 " replications, %" PRIu64 " events in %.2f s\n",
            sweeping->study.path, result->interrupted ? "interrupted: " : "", result->design->count,
            replications, events, result->wall_s);
}

static bool write_json(FILE *out, const void *result, int exit_code)
{
    return sweep_data_json(out, result, exit_code);
}

static bool write_points(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return sweep_data_points(out, result);
}

static bool write_replications(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return sweep_data_replications(out, result);
}

static size_t draw(const void *result, const char *folder, struct files_problem *problem)
{
    return sweep_figures_draw(result, folder, problem);
}

static const struct output_file files[] = {{"result.json", write_json},
                                           {"points.csv", write_points},
                                           {"replications.csv", write_replications},
                                           {NULL, NULL}};

static enum status report(const struct sweeping *sweeping, const struct sweep_result *result)
{
    const struct options *options = sweeping->options;
    enum status status = status_of(result);
    if (!options->quiet) explain_run(sweeping, result);
    bool written = cmd_write(options, status, files, draw, result);
    if (options->format == FORMAT_JSON)
        sweep_data_json(stdout, result, (int)status);
    else
        report_sweep_text(stdout, result, cmd_colour());
    fflush(stdout);
    return written ? status : STATUS_FAILED;
}

static enum status simulate(void *context, const struct evaluator_options *how)
{
    const struct sweeping *sweeping = context;
    const struct study *study = &sweeping->study;
    struct sweep_result result;
    const char *error = "";
    bool ran = sweep_run(&result, &study->scenario, &sweeping->design, how, &error);
    progress_clear(how->progress);
    enum status status = STATUS_FAILED;
    if (ran)
        status = report(sweeping, &result);
    else
        fprintf(stderr, "warmpool: %s: %s\n", study->path, error);
    sweep_free(&result);
    return status;
}

static enum status run(struct sweeping *sweeping)
{
    enum status status = load(sweeping);
    if (status == STATUS_OK) status = cmd_points(&sweeping->study, &sweeping->design);
    if (status != STATUS_OK) return status;
    if (sweeping->options->list) {
        report_sweep_list(stdout, &sweeping->study.scenario, &sweeping->design);
        return STATUS_OK;
    }
    if (!cmd_prepare(sweeping->options)) return STATUS_FAILED;
    return cmd_simulate(sweeping->options, &sweeping->study, simulate, sweeping);
}

enum status cmd_sweep(const struct options *options)
{
    struct sweeping sweeping = {.options = options};
    enum status status = run(&sweeping);
    study_close(&sweeping.study);
    return status;
}
