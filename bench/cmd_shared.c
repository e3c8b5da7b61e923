#include <stdlib.h>
#include <unistd.h>

#include "bench/cmd.h"
#include "bench/experiment/progress.h"

unsigned cmd_threads(const struct options *options)
{
    if (options->threads > 0) return (unsigned)options->threads;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (unsigned)cores : 1;
}

enum status cmd_worse(enum status a, enum status b)
{
    static const enum status order[] = {STATUS_FAILED, STATUS_INVALID, STATUS_INTERRUPTED,
                                        STATUS_MISSED, STATUS_UNDECIDED};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i]) return order[i];
    return STATUS_OK;
}

bool cmd_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no_colour && *no_colour);
}

bool cmd_progress_wanted(const struct options *options)
{
    return !options->quiet && !options->no_progress && progress_wanted(stderr);
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
