// run: every file is read and every folder prepared before the first replication starts, so that
// nobody waits an hour for a typing error in the second file or for a folder that cannot be made.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/cmd.h"
#include "bench/experiment/experiment.h"
#include "bench/output/files.h"
#include "bench/output/output.h"
#include "bench/output/report_text.h"
#include "bench/running.h"
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
        status = running_worse(status, running_load(&batch->jobs[i].study, path, batch->options));
    }
    return status;
}

// One file's reports go into the folder itself, those of several into a folder for each below it.
static bool name_folder(const struct batch *batch, size_t index)
{
    const struct options *options = batch->options;
    struct job *job = &batch->jobs[index];
    if (!options->out && options->format == FORMAT_JSON) return true;
    const char *folder = options->out ? options->out : "warmpool-out";
    char name[FILES_PATH] = "";
    if (batch->count > 1) running_name(name, sizeof name, options->operands.items[index + 1]);
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
    if (result->warm_up.fault) status = running_worse(status, STATUS_FAILED);
    if (result->warm_up.inconclusive) status = running_worse(status, STATUS_UNDECIDED);
    for (size_t i = 0; i < result->alternative_count; i++)
        if (result->alternatives[i].fault) status = running_worse(status, STATUS_FAILED);
    for (size_t i = 0; i < result->expectation_count; i++)
        status = running_worse(status, verdict_status(result->expectations[i].verdict));
    return status;
}

static enum status report(const struct batch *batch, const struct job *job,
                          const struct experiment_result *result)
{
    const struct running running = {batch->options, job->study.path, job->folder, report_text};
    if (!batch->options->quiet && job->study.scenario.sweep)
        fprintf(stderr, "warmpool: %s: its sweep is run by: warmpool sweep\n", job->study.path);
    return running_report(&running, result, status_of(result));
}

static enum status simulate(const struct batch *batch, const struct job *job)
{
    struct experiment_options how = {.threads = batch->threads, .interrupt = batch->interrupt};
    struct experiment_result result;
    if (!running_simulate(batch->options, &job->study.scenario, &how, &result))
        return STATUS_FAILED;
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
            status = running_worse(status, simulate(batch, &batch->jobs[i]));
            continue;
        }
        fprintf(stderr, "warmpool: %s: not run: interrupted\n", batch->jobs[i].study.path);
        status = running_worse(status, STATUS_INTERRUPTED);
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
        .threads = running_threads(options),
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
