#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/sim.h"
#include "sim/time.h"

// A runner is one instance of one revision on one machine.  Its states and moves are the platform's
// own (P1; "Understand Runners", domain 1.1 and 1.2), and runner_enter() is the only function that
// changes a state: billing, counts, the downtime meters, the trace and the check of the move hang
// on it.
//
//   CRASH_BACKOFF -> PENDING -> DOCKER_PULL -> SETUP -> IDLE <-> RUNNING -> DRAINING -> TERMINATING
//                                                                            -> TERMINATED
//
// DOCKER_PULL is left out when the image is cached; a start that fails or is called off ends in
// TERMINATED from wherever it is; keep_alive takes an idle runner straight to TERMINATED, without
// teardown().

enum runner_state {
    RUNNER_TERMINATED, // also: not born yet
    RUNNER_CRASH_BACKOFF,
    RUNNER_PENDING,
    RUNNER_DOCKER_PULL,
    RUNNER_SETUP,
    RUNNER_IDLE,
    RUNNER_RUNNING,
    RUNNER_DRAINING,
    RUNNER_TERMINATING,
    RUNNER_STATES
};

enum runner_class { CLASS_GONE, CLASS_STARTING, CLASS_READY, CLASS_STOPPING };
enum machine_use { USE_STARTING, USE_IDLE, USE_BUSY, USE_DRAINING, MACHINE_USES };

struct runner_state_row {
    const char *name; // the platform's spelling
    enum runner_class class;
    enum machine_use use; // of the machine, while one is held
    uint16_t moves;       // bit mask of the states that may follow (P1)
    const char *help;
};
extern const struct runner_state_row runner_states[RUNNER_STATES];

static inline bool runner_is_billed(enum runner_state state) // P2
{
    return state >= RUNNER_SETUP;
}

extern const char *const machine_use_names[]; // ends with NULL

enum stop_reason { // why a runner stopped: the label `outcome` of runner_stops; see
                   // stop_reason_help
    STOP_KEEP_ALIVE,
    STOP_UNUSED,
    STOP_DEPLOY,
    STOP_ABORT,
    STOP_SURPLUS,
    STOP_START_FAILED,
    STOP_REQUEST,
    STOP_CRASH,
    STOP_HEALTH_CHECK,
    STOP_MAINTENANCE,
    STOP_RECLAIM,
    STOP_EVICTION,
    STOP_RESTART,
    STOP_KILLED,
    STOP_SCALE_DOWN,
    STOP_REASONS
};
extern const char *const stop_reason_names[]; // ends with NULL
extern const char *const stop_reason_help[];

// What a request touches lies in the first 64 bytes.
struct runner {
    sim_time since; // beginning of what is not metered yet
    sim_time share; // runner time charged to each request in flight, since birth (see billing.h)
    sim_time idle_since; // end of the last request, or when it became ready (P4)
    uint32_t pool;       // index of its revision
    uint32_t in_flight;
    uint32_t first_request; // of those in flight, a list
    uint32_t next, prev;    // in an idle list, among those that wait for room, or in back-off
    uint32_t free_next, free_prev; // in the list of runners with a free slot (dispatch.h)
    uint32_t position;             // in the order of birth of its pool
    uint8_t state;                 // enum runner_state; written by runner_enter() alone
    uint8_t slot;                  // which of the revision's machine types; NO_SLOT: none yet
    uint8_t listed;                // which list `next` and `prev` belong to, enum runner_list
    bool available;                // has a free slot and is known to dispatch
    bool used;                     // a request has begun on it
    bool sick;                     // answers sick_response (P7)
    uint8_t stop_reason;           // enum stop_reason, once it is known
    uint8_t part;                  // enum runner_part

    sim_time created, ready_at;
    sim_time setup_at;       // when billing began; SIM_NEVER: not yet
    sim_time stop_by;        // when the grace period ends; set on the way out
    struct sim_ticket timer; // end of the present stage, or of the grace period
    uint64_t number;         // of this start within its revision: the key of its random numbers
    uint32_t alive_next, alive_prev; // runners of the pool, oldest first
    uint16_t node;                   // of the image cache (image.h)
    bool setup_fails;
    bool caches; // its region counts it (setup.h)
    bool doomed; // marked by fault.c, for the moment
};
_Static_assert(offsetof(struct runner, created) == 64 && sizeof(struct runner) == 128,
               "two cache lines");

struct runner_aside {               // of a runner, what few scenarios use
    sim_time pace_work, pace_since; // slowdown.h: work done on each request, and up to when
    uint32_t pace_next;             // the request that leaves next
    bool pace_done;                 // it leaves because its work is done
    struct sim_ticket crash, illness, reclaim; // faults to come (fault.h)
};

enum { NO_SLOT = 32 };                                           // PLACES_PER_APP
enum runner_part { PART_NONE, PART_OUTGOING, PART_REPLACEMENT }; // in a restart (R4)
enum runner_list { LIST_NONE, LIST_USED, LIST_FRESH, LIST_ROOM, LIST_BACKOFF };

struct model;

void runner_enter(struct model *model, uint32_t id, enum runner_state next);

// Brings the runner's meters up to now; to be called before in_flight or the price of time changes.
void runner_settle(struct model *model, struct runner *runner);
