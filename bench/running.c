#include "bench/running.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/output/files.h"
#include "bench/output/output.h"
#include "bench/output/report_json.h"
#include "bench/output/text.h"

enum status running_load(struct study *study, const char *path, const struct options *options)
{
    switch (study_load(study, path, options, stderr)) {
    case STUDY_GOOD:
        break;
    case STUDY_INVALID:
        return STATUS_INVALID;
    case STUDY_NO_MEMORY:
        return STATUS_FAILED;
    }
    return STATUS_OK;
}

unsigned running_threads(const struct options *options)
{
    if (options->threads > 0) return (unsigned)options->threads;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (unsigned)cores : 1;
}

enum status running_worse(enum status a, enum status b)
{
    static const enum status order[] = {STATUS_FAILED, STATUS_INVALID, STATUS_INTERRUPTED,
                                        STATUS_MISSED, STATUS_UNDECIDED};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i]) return order[i];
    return STATUS_OK;
}

void running_name(char *name, size_t size, const char *path)
{
    const char *slash = strrchr(path, '/');
    snprintf(name, size, "%s", slash ? slash + 1 : path);
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".json") == 0) name[length - 5] = '\0';
}

bool running_simulate(const struct options *options, const struct scenario *scenario,
                      struct experiment_options *how, struct experiment_result *result)
{
    bool shown = !options->quiet && !options->no_progress && progress_wanted(stderr);
    struct progress progress;
    progress_start(&progress, shown ? stderr : NULL, scenario->path, progress_now());
    how->progress = &progress;
    how->series = options->out != NULL; // nothing else shows them
    char error[256];
    bool ran = experiment_run(result, scenario, how, error, sizeof error);
    progress_clear(&progress);
    if (!ran) fprintf(stderr, "warmpool: %s: %s\n", scenario->path, error);
    return ran;
}

static void explain_warm_up(const struct running *running, const struct experiment_result *result)
{
    if (result->warm_up.inconclusive)
        fprintf(stderr,
                "warmpool: %s: no results: the warm-up could not be found; run longer, or give it "
                "as a time\n",
                running->path);
    if (!result->warm_up.fault) return;
    char fault[512];
    fprintf(stderr, "warmpool: %s: a pilot run for the warm-up failed: %s\n", running->path,
            text_line(fault, sizeof fault, result->warm_up.fault));
}

static void explain_faults(const struct running *running, const struct experiment_result *result)
{
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct alternative_result *a = &result->alternatives[i];
        if (!a->fault) continue;
        char name[128], fault[512]; // the user's texts, without control characters
        fprintf(stderr, "warmpool: %s: alternative \"%s\", replication %" PRIu32 ": %s\n",
                running->path, text_line(name, sizeof name, a->alternative->name),
                a->fault_replication, text_line(fault, sizeof fault, a->fault));
    }
}

static void explain_run(const struct running *running, const struct experiment_result *result)
{
    uint64_t replications = 0, events = 0;
    if (result->warm_up.asked)
        fprintf(stderr, "warmpool: %s: %" PRIu32 " pilot runs for the warm-up\n", running->path,
                result->warm_up.pilots);
    for (size_t i = 0; i < result->alternative_count; i++) {
        replications += result->alternatives[i].replications;
        events += result->alternatives[i].events;
    }
    fprintf(stderr, "warmpool: %s: %s%" PRIu64 " replications, %" PRIu64 " events in %.2f s\n",
            running->path, result->interrupted ? "interrupted: " : "", replications, events,
            result->wall_s);
}

// Without --out: the one file that other programs read.
static bool write_result(const struct experiment_result *result, const char *folder,
                         const struct output_options *how)
{
    struct files_problem problem;
    struct files_writer writer;
    bool written = files_open(&writer, folder, "result.json", &problem);
    if (written) {
        report_json(writer.stream, result, how->exit_code);
        written = files_close(&writer, &problem);
    }
    if (!written)
        fprintf(how->log, "warmpool: %s\n", problem.text);
    else if (!how->quiet)
        fprintf(how->log, "warmpool: wrote %s/result.json\n", folder);
    return written;
}

// Whether it arrives is for main() to see.
static void print(const struct running *running, const struct experiment_result *result,
                  enum status status)
{
    if (running->options->format == FORMAT_JSON) {
        report_json(stdout, result, (int)status);
        return;
    }
    const char *no_colour = getenv("NO_COLOR");
    bool colour = isatty(fileno(stdout)) && !(no_colour && *no_colour);
    running->text(stdout, result, colour);
}

enum status running_report(const struct running *running, const struct experiment_result *result,
                           enum status status)
{
    const struct options *options = running->options;
    const struct output_options how = {
        .exit_code = (int)status,
        .plots = !options->no_plots,
        .quiet = options->quiet,
        .log = stderr,
    };
    explain_warm_up(running, result);
    explain_faults(running, result);
    if (!options->quiet) explain_run(running, result);
    // Files first: a reader of stdout that leaves early, such as head, must not cost them.
    bool written = true;
    if (running->folder[0])
        written = options->out ? output_write(result, running->folder, &how)
                               : write_result(result, running->folder, &how);
    print(running, result, status);
    fflush(stdout);
    return written ? status : STATUS_FAILED;
}
