#pragma once

#include <stdint.h>

#include "sim/time.h"

// SIM_CHECK is an assertion that stays on in every build.  When it fails it prints where the
// simulation was, so that the failure can be run again, and aborts (one line, wrapped here):
//
//   warmpool: BUG at 93.512s in on_service_done (service.c:212): runner->in_flight > 0;
//   event service_done #48211, replication 7, seed 0x9bec8a16f0aa802a
//
// It is for our own bugs only.  Bad input never reaches it (bench/input/ reports that), and a limit
// of the scenario that a run passes is a sim_fault(), not a bug.
// SIM_CHECK_SLOW is for checks that cost more than the work they guard; tests build with them on.

struct check_context { // what the crash line says; sim.c keeps it up to date
    const sim_time *now;
    const char *const *event; // the name of the handler that runs, or NULL
    const uint64_t *sequence; // events done before this one
    uint64_t seed;
    uint32_t replication;
};

// The context of this thread, read only while crashing; NULL outside a run.
void check_set_context(const struct check_context *context);

_Noreturn void check_failed(const char *function, const char *file, int line,
                            const char *condition);

#define SIM_CHECK(condition)                                                                       \
    ((condition) ? (void)0 : check_failed(__func__, __FILE__, __LINE__, #condition))

#ifdef SIM_CHECKS_SLOW
#define SIM_CHECK_SLOW(condition) SIM_CHECK(condition)
#else
#define SIM_CHECK_SLOW(condition) ((void)sizeof(condition)) // compiled, not run
#endif
