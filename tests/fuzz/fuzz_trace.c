// Any bytes read as a trace are accepted or refused with a reason.  A run sees the same rows as the
// check: as many, in order, and no broken one in a trace that has passed.

#define _GNU_SOURCE // memfd_create

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/input/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition) abort();
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
            last = row.arrival;
            rows++;
        }
        require(end == TRACE_END && rows == summary->rows && last == summary->last_arrival);
        trace_set_rewind(set);
    }
    trace_set_close(set);
}

static void check(struct arena *arena, const struct trace_spec *spec)
{
    struct diag *diag = diag_create(arena);
    struct trace_summary summary;
    bool good = trace_check(spec, "/apps/A/traffic/0/trace", &summary, diag);
    require(good == (diag_errors(diag) == 0));
    if (good) walk(spec, &summary);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct trace_term terms[] = {{"ContextTokens", 0.001}, {"GeneratedTokens", 0.02}};
    char path[64];
    int file = memfd_create("trace", 0);
    require(file >= 0 && write(file, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct trace_spec specs[] = {
        {.path = path, .arrival_column = "arrival", .service_column = "service", .time_factor = 1},
        {.path = path,
         .arrival_column = "TIMESTAMP",
         .terms = terms,
         .term_count = 2,
         .service_base_s = 0.05,
         .offset = SIM_SECOND,
         .time_factor = 0.3},
    };
    struct arena *arena = arena_create((size_t)1 << 26);
    require(arena != NULL);
    for (size_t i = 0; i < 2; i++)
        check(arena, &specs[i]);
    arena_destroy(arena);
    close(file);
    return 0;
}
