#include "sim/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The one mutable thing outside a struct of the caller's: a failed check deep inside a leaf has
// nobody to ask where the simulation is.  It is written at the ends of sim_run() and read only
// while crashing.
static _Thread_local const struct check_context *current;

void check_set_context(const struct check_context *context)
{
    current = context;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// "93.512": all of the nanoseconds, without trailing zeros.
static void print_time(char *out, size_t size, sim_time t)
{
    int length = snprintf(out, size, "%" PRId64 ".%09" PRId64, t / SIM_SECOND, t % SIM_SECOND);
    SIM_CHECK_SLOW(length > 10 && (size_t)length < size);
    while (out[length - 1] == '0')
        length--;
    if (out[length - 1] == '.') length--;
    out[length] = '\0';
}

void check_failed(const char *function, const char *file, int line, const char *condition)
{
    const struct check_context *context = current;
    char at[48] = "", where[160] = "";
    if (context) {
        char seconds[32];
        print_time(seconds, sizeof seconds, *context->now);
        (void)snprintf(at, sizeof at, "at %ss ", seconds);
        (void)snprintf(where, sizeof where,
                       "; event %.64s #%" PRIu64 ", replication %" PRIu32 ", seed 0x%016" PRIx64,
                       context->event ? *context->event : "none", *context->sequence,
                       context->replication, context->seed);
    }
    // One call, so that lines of two threads that crash together do not mix.
    (void)fprintf(stderr, "warmpool: BUG %sin %s (%s:%d): %s%s\n", at, function, file_name(file),
                  line, condition, where);
    abort();
}
