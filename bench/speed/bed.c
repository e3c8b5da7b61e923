#include "bench/speed/bed.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/experiment/experiment.h"
#include "bench/experiment/memory.h"
#include "bench/experiment/worker.h"
#include "bench/input/scenario.h"

enum { REPLICATIONS = 64, TRACE_ROWS_PER_S = 5, PATH = 160 };

static const size_t reserve_bytes = (size_t)1 << 30;

struct bed {
    const struct speed_case *what;
    struct arena *arena;
    struct scenario scenario;
    struct worker *worker; // of a case without threads
    char folder[PATH];     // of its trace; empty: it has none
};

double bed_now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool has_trace(const struct speed_case *what)
{
    return strstr(what->scenario, "\"trace\"") != NULL;
}

static bool write_rows(const struct speed_case *what, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file) return false;
    uint64_t rows = (uint64_t)what->horizon_s * TRACE_ROWS_PER_S;
    fprintf(file, "at,work\n");
    for (uint64_t i = 0; i < rows; i++)
        fprintf(file, "%.6f,%.3f\n", (double)i / TRACE_ROWS_PER_S,
                .5 + (double)(i * 7 % 1000) / 1000);
    bool good = !ferror(file);
    return fclose(file) == 0 && good;
}

static bool write_trace(struct bed *bed)
{
    char path[PATH + 16], folder[] = "/tmp/warmpool-bench-XXXXXX";
    if (!has_trace(bed->what)) return true;
    if (!mkdtemp(folder)) return false;
    snprintf(bed->folder, sizeof bed->folder, "%s", folder);
    snprintf(path, sizeof path, "%s/trace.csv", folder);
    return write_rows(bed->what, path);
}

static bool load(struct bed *bed)
{
    const struct speed_case *what = bed->what;
    char file[PATH + 16], horizon[64], rate[96];
    snprintf(file, sizeof file, "%s%s%s.json", bed->folder, *bed->folder ? "/" : "", what->name);
    snprintf(horizon, sizeof horizon, "/horizon=\"%.3fs\"", what->horizon_s);
    const char *app = strstr(what->scenario, "MyApp") ? "MyApp" : "A";
    snprintf(rate, sizeof rate, "/apps/%s/traffic/0/poisson/rate_per_s=%.9g", app,
             what->rate_per_s);
    const struct scenario_override overrides[] = {{.text = horizon}, {.text = rate}};
    const struct lexer_source source = {
        .file = file, .text = what->scenario, .length = strlen(what->scenario)};
    struct diag *diag = diag_create(bed->arena);
    bool good = scenario_load_text(&bed->scenario, bed->arena, &source, overrides,
                                   what->rate_per_s > 0 ? 2 : 1, diag);
    if (!good) diag_print(diag, stderr); // a scenario of our own
    bed->scenario.replications =
        (struct replication_plan){.min = REPLICATIONS, .max = REPLICATIONS};
    return good;
}

static bool prepare(struct bed *bed)
{
    static const bool never;
    bed->arena = arena_create(reserve_bytes);
    if (!bed->arena || !write_trace(bed) || !load(bed)) return false;
    if (bed->what->threads > 0) return true;
    bed->worker = worker_create(&bed->scenario, SERIES_NONE, NULL, &never);
    return bed->worker != NULL;
}

struct bed *bed_open(const struct speed_case *what, char *error, size_t error_size)
{
    struct bed *bed = memory_new(sizeof *bed, 1);
    bed->what = what;
    errno = 0;
    if (prepare(bed)) return bed;
    snprintf(error, error_size, "%s: cannot be prepared: %s", what->name, strerror(errno));
    bed_close(bed);
    return NULL;
}

void bed_close(struct bed *bed)
{
    if (!bed) return;
    if (bed->worker) worker_free(bed->worker);
    if (bed->arena) arena_destroy(bed->arena);
    if (*bed->folder) {
        char path[PATH + 16];
        snprintf(path, sizeof path, "%s/trace.csv", bed->folder);
        unlink(path);
        rmdir(bed->folder);
    }
    free(bed);
}

// The sum of a metric over the columns with this state (NULL: any).
static double sum(const struct column *columns, const double *values, size_t count,
                  const char *metric, const char *state)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = columns[i].labels[LABEL_STATE];
        if (strcmp(columns[i].metric->name, metric) != 0) continue;
        if (!state || (label && strcmp(label, state) == 0)) total += values[i];
    }
    return total;
}

static double answer(const struct bed *bed, const struct column *columns, const double *values,
                     size_t count)
{
    switch (bed->what->reference) {
    case REFERENCE_MM1:
        return sum(columns, values, count, "response_mean_s", NULL);
    case REFERENCE_POOL:
        return sum(columns, values, count, "runners_mean", "RUNNING");
    case REFERENCE_YARDSTICK:
    case REFERENCE_ONE_THREAD:
        break;
    }
    return NAN;
}

static bool run_one(struct bed *bed, struct bed_run *run, char *error, size_t error_size)
{
    double before = bed_now_s();
    struct outcome *outcome = worker_run(bed->worker, 0, 0);
    run->seconds = bed_now_s() - before;
    bool good = !outcome->fault;
    if (good) {
        run->events = outcome->events;
        run->units = sum(outcome->columns, outcome->values, outcome->count, "arrivals", NULL);
        run->answer = answer(bed, outcome->columns, outcome->values, outcome->count);
    } else {
        snprintf(error, error_size, "%s: %s", bed->what->name, outcome->fault);
    }
    worker_free_outcome(outcome);
    return good;
}

static bool run_threads(struct bed *bed, struct bed_run *run, char *error, size_t error_size)
{
    struct experiment_options options = {.threads = bed->what->threads};
    struct experiment_result result;
    double before = bed_now_s();
    if (!experiment_run(&result, &bed->scenario, &options, error, error_size)) return false;
    run->seconds = bed_now_s() - before;
    const struct alternative_result *a = &result.alternatives[0];
    run->events = a->events;
    run->units = 0;
    run->answer = NAN;
    for (uint32_t r = 0; r < a->replications; r++)
        run->units +=
            sum(a->columns, &a->values[r * a->column_count], a->column_count, "arrivals", NULL);
    experiment_free(&result);
    return true;
}

bool bed_run(struct bed *bed, struct bed_run *run, char *error, size_t error_size)
{
    if (bed->what->threads > 0) return run_threads(bed, run, error, error_size);
    return run_one(bed, run, error, error_size);
}
