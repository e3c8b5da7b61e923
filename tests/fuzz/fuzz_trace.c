// Any bytes read as a trace, of any form, are accepted or refused with a reason.  A run sees the
// same rows as the check: as many, in order, and no broken one in a trace that has passed.

#define _GNU_SOURCE // memfd_create

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/input/azure_counts.h"
#include "bench/input/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_MOST = 12000 };

static void require(int condition)
{
    if (!condition) abort();
}

static void check_traits(const struct trace_spec *spec, const struct request_traits *traits)
{
    require(traits->caller <= (spec->callers ? spec->callers->count : 0));
    require(traits->app <= (spec->apps ? spec->apps->count : 0));
    require(traits->hint <= spec->keys && traits->priority <= PRIORITIES);
    require(traits->status == 0 || (traits->status >= 200 && traits->status <= 599));
    require(traits->label <= LABEL_COLD);
}

static void walk(const struct trace_spec *spec, const struct trace_summary *summary)
{
    struct trace_set *set = trace_set_open(spec, 1);
    require(set != NULL);
    struct trace_row row = {0};
    for (int pass = 0; pass < 2; pass++) {
        uint64_t rows = 0;
        sim_time last = 0;
        enum trace_end end;
        while ((end = trace_set_next(set, 0, &row)) == TRACE_ROW) {
            require(row.arrival >= last && row.service >= 0);
            check_traits(spec, &row.traits);
            last = row.arrival;
            rows++;
        }
        require(end == TRACE_END && rows == summary->rows && last == summary->last_arrival);
        trace_set_rewind(set);
    }
    trace_set_close(set);
}

static void check(struct arena *arena, struct trace_spec *spec)
{
    struct diag *diag = diag_create(arena);
    struct trace_summary summary;
    if (spec->fields[TRACE_CALLER]) spec->callers = trace_names_create(arena);
    if (spec->fields[TRACE_APP]) spec->apps = trace_names_create(arena);
    bool good = trace_check(spec, "/apps/A/traffic/0/trace", arena, &summary, diag);
    require(good == (diag_errors(diag) == 0));
    spec->kept = summary.kept;
    spec->kept_count = (uint32_t)summary.rows;
    require(!good || (spec->kept != NULL) == spec->sort);
    if (good) walk(spec, &summary);
}

static void check_day(struct arena *arena, const char *path, const struct azure_pick *pick)
{
    struct diag *diag = diag_create(arena);
    uint32_t *counts = arena_new(arena, uint32_t, AZURE_MINUTES);
    bool good = azure_counts_read(path, pick, "/apps/A/traffic/0/trace", counts, diag);
    require(good == (diag_errors(diag) == 0));
    for (int i = 0; i < AZURE_MINUTES; i++)
        require(counts[i] <= 1000000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct trace_term terms[] = {{"ContextTokens", 0.001}, {"GeneratedTokens", 0.02}};
    static const struct azure_pick everybody, http = {{[AZURE_TRIGGER] = "http"}};
    char path[64];
    if (size > SIZE_MOST) return 0; // a day of minutes fits, and more would only be slower
    int file = memfd_create("trace", 0);
    require(file >= 0 && write(file, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct trace_spec specs[] = {
        {.fields = {[TRACE_ARRIVAL] = "arrival", [TRACE_SERVICE] = "service"}, .time_factor = 1},
        {.fields = {[TRACE_ARRIVAL] = "TIMESTAMP"},
         .terms = terms,
         .term_count = 2,
         .service_base_s = 0.05,
         .offset = SIM_SECOND,
         .time_factor = 0.3},
        {.fields = {"arrival", "service", NULL, NULL, "caller", "app", "priority", "outcome", "key",
                    "cold"},
         .time_factor = 1,
         .sort = true,
         .drop_incomplete = true},
        {.form = TRACE_ITEMS,
         .fields =
             {[TRACE_ARRIVAL] = "sent_at", [TRACE_FROM] = "started_at", [TRACE_TO] = "ended_at"},
         .time_factor = 1},
        {.form = TRACE_ITEMS,
         .fields = {[TRACE_ARRIVAL] = "sent_at",
                    [TRACE_FROM] = "started_at",
                    [TRACE_TO] = "ended_at",
                    [TRACE_APP] = "endpoint_id",
                    [TRACE_STATUS] = "status_code",
                    [TRACE_KEY] = "runner_id"},
         .time_factor = 2,
         .sort = true,
         .drop_incomplete = true},
    };
    struct arena *arena = arena_create((size_t)1 << 26);
    require(arena != NULL);
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        specs[i].path = path;
        specs[i].keys = 100;
        check(arena, &specs[i]);
    }
    check_day(arena, path, &everybody);
    check_day(arena, path, &http);
    arena_destroy(arena);
    close(file);
    return 0;
}
