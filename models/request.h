#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "models/config.h"
#include "sim/sim.h"
#include "sim/time.h"

// A request and where it may be; what each way to end does to the runner and to the request (Q3,
// "Retries", domain 3.3).

enum request_state { REQUEST_FREE, REQUEST_WAITING, REQUEST_IN_FLIGHT, REQUEST_BACKING_OFF };

enum outcome { // how a request ended: the label `outcome` of `requests`; see outcomes[]
    OUTCOME_OK,
    OUTCOME_CLIENT_ERROR,
    OUTCOME_SERVER_ERROR,
    OUTCOME_TIMEOUT,
    OUTCOME_START_TIMEOUT,
    OUTCOME_CUT,
    OUTCOME_REJECTED,
    OUTCOME_UNAUTHORIZED,
    OUTCOME_GONE,
    OUTCOME_UNFINISHED,
    OUTCOME_CANCELLED,
    OUTCOME_FLUSHED,
    OUTCOMES
};

struct outcome_row {
    const char *name;
    bool valid;   // counts for request_success_ratio
    bool refusal; // says that demand was there and nobody served it
    const char *help;
};
extern const struct outcome_row outcomes[OUTCOMES];

// CHECKED: a TCP health check follows, and kills the runner if it fails.
enum runner_fate { FATE_STAYS, FATE_CHECKED, FATE_KILLED };

struct ending_row {                 // of an attempt
    uint32_t status;                // HTTP; 0: the connection broke
    enum runner_fate fate;          // what happens to the runner
    bool retried;                   // on the queue path, attempts and deadline permitting
    bool charged;                   // a caller pays for it in shared mode (C2: nothing for 5xx,
                                    // 404 and 422)
    enum outcome outcome;           // when it is the last attempt
    enum retry_condition condition; // whose budget a retry takes from
};
enum {
    ENDING_OK,
    ENDING_REQUEST_TIMEOUT,
    ENDING_CUT,
    ENDING_CANCELLED,
    ENDING_CLIENT_ERROR,
    ENDING_NOT_FOUND, // 404 for an unknown path and 422 for a bad input cost nothing (domain 6.1)
    ENDING_INVALID,
    ENDING_RESPONSES,
    ENDING_CRASH = ENDING_RESPONSES
};
extern const struct ending_row endings[]; // fixed ones first, then by status; ends with status 999
uint32_t ending_of_status(uint32_t status); // row for a response of the app

// What the end of a request touches lies in the first 64 bytes.
struct request {
    sim_time arrival;     // submission
    sim_time started;     // of the present attempt
    sim_time share_start; // runner->share at that moment
    sim_time work;        // service time of one attempt, before the revision's factor
    uint32_t source, app;
    uint32_t runner;     // while in flight
    uint32_t next, prev; // waiting line, or the runner's list
    uint8_t state;       // enum request_state
    uint8_t ending;      // how the present attempt will end: row of endings[]
    uint8_t response;    // 1 + the revision's response that ends it, or 0
    bool recorded;       // the present attempt will end as the trace says
    uint8_t priority;    // enum priority
    uint8_t attempts;    // begun so far
    bool abandoned;      // its caller has given up; the attempt goes on (Q6)
    bool counted;        // submitted after the warm-up, and its outcome is not counted yet
    bool shared;         // submitted in shared mode: the caller pays (C3)
    bool by_unit;        // and by billable units, if it pays (C2)
    bool cold;           // the present attempt is its runner's first, and waited for it
    bool overdue;        // has waited scaling_delay

    struct sim_ticket timer;    // end of the attempt, or of the back-off
    struct sim_ticket deadline; // start_timeout, while it waits or backs off
    struct sim_ticket delay;    // scaling_delay, while it waits
    uint32_t caller;
    uint32_t hint;     // its sticky key, or UINT32_MAX (hint.h)
    uint16_t status;   // that a trace says its attempts end with; 0: it says nothing
    uint8_t endpoint;  // of the app
    uint8_t label;     // enum cold_label
    uint8_t postponed; // how often its caller's limit put it back
    uint8_t retries[RETRY_CONDITIONS]; // so far, by what caused them
    bool limited;                      // its caller's limit counts it (Q9)
    bool side;                         // waits in the line of the app's second revision
    sim_time joined;                   // the waiting line, the last time
    uint64_t number;                   // within its source: the key of its random numbers
};
_Static_assert(offsetof(struct request, timer) == 64 && sizeof(struct request) == 128,
               "two cache lines");

struct request_aside {            // of a request, what few scenarios use
    struct sim_ticket patience;   // the caller's, when the source has one
    sim_time work_until, stop_at; // under slowdown (slowdown.h): by work, and by request_timeout
};

// Makes it what those of its source begin as (plain.h), but for its times and its number, which
// are set as it goes.
static inline void request_begin(struct request *q, const struct request *born)
{
    enum { FROM = offsetof(struct request, source), UNTIL = offsetof(struct request, joined) };
    memcpy((char *)q + FROM, (const char *)born + FROM, UNTIL - FROM);
}

struct lane { // requests for one endpoint that wait: FIFO within a priority (Q1, Q2)
    uint32_t head[PRIORITIES], tail[PRIORITIES];
    uint32_t length;
};

struct line {           // requests that wait for a slot of an app
    struct lane *lanes; // by endpoint
    uint32_t length, overdue;
};
