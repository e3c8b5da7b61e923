#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/cmd.h"
#include "bench/experiment/evaluator.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/progress.h"
#include "bench/running.h"

bool cmd_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no_colour && *no_colour);
}

bool cmd_progress_wanted(const struct options *options)
{
    return !options->quiet && !options->no_progress && progress_wanted(stderr);
}

enum status cmd_load(const struct options *options, struct study *study)
{
    const struct option_list *operands = &options->operands;
    if (operands->count != 2) {
        fprintf(stderr, "warmpool: %s: expected one scenario file, got %zu\n", operands->items[0],
                operands->count - 1);
        return STATUS_USAGE;
    }
    enum status status = running_load(study, operands->items[1], options);
    if (status != STATUS_OK) return status;
    for (size_t i = 0; i < study->scenario.alternative_count; i++) {
        if (!study->scenario.alternatives[i].warm_up_auto) continue;
        fprintf(
            stderr,
            "warmpool: %s: %s: \"warm_up\": \"auto\" is for run and compare; take what they find: "
            "--set /warm_up=20m\n",
            study->path, operands->items[0]);
        return STATUS_USAGE;
    }
    return STATUS_OK;
}

static const char *folder_of(const struct options *options)
{
    if (options->out) return options->out;
    return options->format == FORMAT_JSON ? NULL : "warmpool-out";
}

bool cmd_prepare(const struct options *options)
{
    const char *folder = folder_of(options);
    return !folder || output_prepare(folder, stderr);
}

bool cmd_write(const struct options *options, enum status status, const struct output_file *files,
               output_draw *draw, const void *result)
{
    const struct output_file first[] = {files[0], {NULL, NULL}};
    const struct output_options how = {
        .exit_code = (int)status,
        .plots = options->out && !options->no_plots,
        .quiet = options->quiet,
        .log = stderr,
    };
    const char *folder = folder_of(options);
    return !folder || output_files(options->out ? files : first, draw, result, folder, &how);
}

static bool takes(void *context, const struct scenario_point *point)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    if (!arena) return false;
    bool good = evaluator_check(context, &point, 1, diag_create(arena));
    arena_destroy(arena);
    return good;
}

enum status cmd_points(const struct study *study, struct design *design)
{
    const char *error;
    if (!design_make(design, study->arena, study->scenario.sweep, study->scenario.seed, takes,
                     (void *)&study->source, &error)) {
        fprintf(stderr, "warmpool: %s: %s\n", study->path, error);
        return STATUS_INVALID;
    }
    struct diag *diag = diag_create(study->arena);
    const struct scenario_point **points = memory_new(sizeof *points, design->count);
    for (size_t i = 0; i < design->count; i++)
        points[i] = &design->points[i].what;
    bool good = evaluator_check(&study->source, points, design->count, diag);
    free(points);
    diag_print(diag, stderr);
    return good ? STATUS_OK : STATUS_INVALID;
}

enum status cmd_simulate(const struct options *options, const struct study *study,
                         cmd_simulation *simulation, void *context)
{
    struct interrupt *interrupt = interrupt_watch();
    if (!interrupt) {
        perror("warmpool: cannot start a thread");
        return STATUS_FAILED;
    }
    struct progress progress;
    progress_start(&progress, cmd_progress_wanted(options) ? stderr : NULL, study->path,
                   progress_now());
    const struct evaluator_options how = {
        .source = &study->source,
        .threads = running_threads(options),
        .progress = &progress,
        .interrupt = interrupt,
    };
    enum status status = simulation(context, &how);
    interrupt_end(interrupt);
    return status;
}
