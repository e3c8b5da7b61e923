// run: every file is read and every folder prepared before the first replication starts, so that
// nobody waits an hour for a typing error in the second file or for a folder that cannot be made.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/cmd.h"
#include "bench/experiment/experiment.h"
#include "bench/output/files.h"
#include "bench/output/output.h"
#include "bench/output/report_json.h"
#include "bench/output/report_text.h"
#include "bench/output/text.h"
#include "bench/study.h"

struct job {
    struct study study;
    char folder[FILES_PATH]; // empty: no files are written
};

struct batch {
    const struct options *options;
    struct job *jobs;
    size_t count;
    unsigned threads;
    const struct interrupt *interrupt;
};

static enum status load(struct batch *batch)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < batch->count; i++) {
        const char *path = batch->options->operands.items[i + 1];
        switch (study_load(&batch->jobs[i].study, path, batch->options, stderr)) {
        case STUDY_GOOD:
            break;
        case STUDY_INVALID:
            status = cmd_worse(status, STATUS_INVALID);
            break;
        case STUDY_NO_MEMORY:
            status = cmd_worse(status, STATUS_FAILED);
            break;
        }
    }
    return status;
}

// "burst" for "scenarios/burst.json".
static void base_name(char *name, size_t size, const char *path)
{
    const char *slash = strrchr(path, '/');
    snprintf(name, size, "%s", slash ? slash + 1 : path);
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".json") == 0) name[length - 5] = '\0';
}

// One file's reports go into the folder itself, those of several into a folder for each below it.
static bool name_folder(const struct batch *batch, size_t index)
{
    const struct options *options = batch->options;
    struct job *job = &batch->jobs[index];
    if (!options->out && options->format == FORMAT_JSON) return true;
    const char *folder = options->out ? options->out : "warmpool-out";
    char name[FILES_PATH] = "";
    if (batch->count > 1) base_name(name, sizeof name, options->operands.items[index + 1]);
    int length = snprintf(job->folder, sizeof job->folder, "%s%s%s", folder,
                          batch->count > 1 ? "/" : "", name);
    if (length > 0 && (size_t)length < sizeof job->folder) return true;
    fprintf(stderr, "warmpool: the path of a folder is too long: %.80s...\n", folder);
    return false;
}

static bool name_folders(const struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (!name_folder(batch, i)) return false;
        for (size_t j = 0; j < i; j++) {
            const char *folder = batch->jobs[i].folder;
            if (!*folder || strcmp(folder, batch->jobs[j].folder) != 0) continue;
            fprintf(stderr,
                    "warmpool: two files would write into %s; rename one, or run them one by one\n",
                    folder);
            return false;
        }
    }
    return true;
}

static bool prepare_folders(const struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const char *folder = batch->jobs[i].folder;
        if (*folder && !output_prepare(folder, stderr)) return false;
    }
    return true;
}

static enum status verdict_status(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MET:
        return STATUS_OK;
    case VERDICT_UNDECIDED:
        return STATUS_UNDECIDED;
    case VERDICT_MISSED:
    case VERDICT_NO_DATA:
        break;
    }
    return STATUS_MISSED;
}

static enum status status_of(const struct experiment_result *result)
{
    enum status status = result->interrupted ? STATUS_INTERRUPTED : STATUS_OK;
    for (size_t i = 0; i < result->alternative_count; i++)
        if (result->alternatives[i].fault) status = cmd_worse(status, STATUS_FAILED);
    for (size_t i = 0; i < result->expectation_count; i++)
        status = cmd_worse(status, verdict_status(result->expectations[i].verdict));
    return status;
}

static void explain_faults(const struct study *study, const struct experiment_result *result)
{
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct alternative_result *a = &result->alternatives[i];
        if (!a->fault) continue;
        char name[128], fault[512]; // the user's texts, without control characters
        fprintf(stderr, "warmpool: %s: alternative \"%s\", replication %" PRIu32 ": %s\n",
                study->path, text_line(name, sizeof name, a->alternative->name),
                a->fault_replication, text_line(fault, sizeof fault, a->fault));
    }
}

static void explain_run(const struct job *job, const struct experiment_result *result)
{
    uint64_t replications = 0, events = 0;
    for (size_t i = 0; i < result->alternative_count; i++) {
        replications += result->alternatives[i].replications;
        events += result->alternatives[i].events;
    }
    fprintf(stderr, "warmpool: %s: %s%" PRIu64 " replications, %" PRIu64 " events in %.2f s\n",
            job->study.path, result->interrupted ? "interrupted: " : "", replications, events,
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
static void print(const struct options *options, const struct experiment_result *result,
                  enum status status)
{
    if (options->format == FORMAT_JSON) {
        report_json(stdout, result, (int)status);
        return;
    }
    report_text(stdout, result, cmd_colour());
}

static enum status report(const struct batch *batch, const struct job *job,
                          const struct experiment_result *result)
{
    const struct options *options = batch->options;
    enum status status = status_of(result);
    const struct output_options how = {
        .exit_code = (int)status,
        .plots = !options->no_plots,
        .quiet = options->quiet,
        .log = stderr,
    };
    explain_faults(&job->study, result);
    if (!options->quiet) explain_run(job, result);
    if (!options->quiet && job->study.scenario.sweep)
        fprintf(stderr, "warmpool: %s: its sweep is run by: warmpool sweep\n", job->study.path);
    // Files first: a reader of stdout that leaves early, such as head, must not cost them.
    bool written = true;
    if (job->folder[0])
        written = options->out ? output_write(result, job->folder, &how)
                               : write_result(result, job->folder, &how);
    print(options, result, status);
    fflush(stdout);
    return written ? status : STATUS_FAILED;
}

static enum status simulate(const struct batch *batch, const struct job *job)
{
    const struct options *options = batch->options;
    struct progress progress;
    progress_start(&progress, cmd_progress_wanted(options) ? stderr : NULL, job->study.path,
                   progress_now());
    const struct experiment_options how = {
        .threads = batch->threads,
        .series = options->out != NULL, // nothing else shows them
        .progress = &progress,
        .interrupt = batch->interrupt,
    };
    struct experiment_result result;
    char error[256];
    bool ran = experiment_run(&result, &job->study.scenario, &how, error, sizeof error);
    progress_clear(&progress);
    if (!ran) {
        fprintf(stderr, "warmpool: %s: %s\n", job->study.path, error);
        return STATUS_FAILED;
    }
    enum status status = report(batch, job, &result);
    experiment_free(&result);
    return status;
}

static enum status simulate_all(struct batch *batch)
{
    struct interrupt *interrupt = interrupt_watch();
    if (!interrupt) {
        perror("warmpool: cannot start a thread");
        return STATUS_FAILED;
    }
    batch->interrupt = interrupt;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < batch->count; i++) {
        if (!interrupt_came(interrupt)) {
            status = cmd_worse(status, simulate(batch, &batch->jobs[i]));
            continue;
        }
        fprintf(stderr, "warmpool: %s: not run: interrupted\n", batch->jobs[i].study.path);
        status = cmd_worse(status, STATUS_INTERRUPTED);
    }
    interrupt_end(interrupt);
    return status;
}

static enum status run(struct batch *batch)
{
    if (!name_folders(batch)) return STATUS_USAGE;
    enum status status = load(batch);
    if (status != STATUS_OK) return status;
    if (!prepare_folders(batch)) return STATUS_FAILED;
    return simulate_all(batch);
}

enum status cmd_run(const struct options *options)
{
    if (options->operands.count < 2) {
        fprintf(stderr, "warmpool: run: no scenario file given\n");
        return STATUS_USAGE;
    }
    struct batch batch = {
        .options = options,
        .count = options->operands.count - 1,
        .threads = cmd_threads(options),
    };
    batch.jobs = calloc(batch.count, sizeof *batch.jobs);
    if (!batch.jobs) {
        perror("warmpool");
        return STATUS_FAILED;
    }
    enum status status = run(&batch);
    for (size_t i = 0; i < batch.count; i++)
        study_close(&batch.jobs[i].study);
    free(batch.jobs);
    return status;
}
