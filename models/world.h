#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/autoscaler.h"
#include "models/config.h"
#include "models/dispatch.h"
#include "models/metrics.h"
#include "models/model.h"
#include "models/request.h"
#include "models/rollout.h"
#include "models/runner.h"
#include "sim/bitset.h"
#include "sim/check.h"
#include "sim/compiler.h"
#include "sim/hist.h"
#include "sim/level.h"
#include "sim/rng.h"
#include "sim/sim.h"

// The state of one replication, shared by the files of models/ that change it and by nobody else.
// Ids are indices; NONE is no id.

#define NONE UINT32_MAX

// Among simultaneous events: the warm-up's end, what was foreseen, then what completes, then
// changes from outside, then arrivals, then limits that run out, then who looks on.  So an arrival
// finds the slot that comes free at its instant, and the runner whose keep_alive would end there.
enum phase {
    PHASE_RESET,
    PHASE_FORESEEN,
    PHASE_DONE,
    PHASE_CHANGE,
    PHASE_ARRIVE,
    PHASE_LIMIT,
    PHASE_OBSERVE
};

enum event_kind { // rows of the handler table in model.c, which also gives their phases
    EVENT_WARM_UP,
    EVENT_SERVICE_DONE,
    EVENT_RUNNER_STAGE,
    EVENT_TIMELINE,
    EVENT_ARRIVAL,
    EVENT_RETRY,
    EVENT_OVERDUE,
    EVENT_START_TIMEOUT,
    EVENT_CANCEL,
    EVENT_KEEP_ALIVE,
    EVENT_GRACE_OVER,
    EVENT_SERIES,
    EVENT_FAULT,
    EVENT_SURGE,
    EVENT_ROLLOUT,
    EVENT_SCALER,
    EVENT_FORESIGHT,
    EVENT_KINDS
};

// Random streams: purpose in the top byte, then the app, then the source or revision (sim/rng.h).
enum stream_purpose {
    STREAM_ARRIVAL = 1,
    STREAM_SERVICE,
    STREAM_COLD_SERVICE,
    STREAM_RESPONSE,
    STREAM_RETRY,
    STREAM_PENDING,
    STREAM_IMAGE,
    STREAM_PULL,
    STREAM_SETUP,
    STREAM_SETUP_FAILURE,
    STREAM_TEARDOWN,
    STREAM_HEALTH,
    STREAM_FAILS_AT,
    STREAM_PATIENCE,
    STREAM_HINT,
    STREAM_POSTPONE,
    STREAM_BATCH,
    STREAM_STEP,
    STREAM_NODE,
    STREAM_CRASH,
    STREAM_SICK,
    STREAM_RECLAIM,
    STREAM_UNITS,
    STREAM_ROUTE,
    STREAM_STAY,
    STREAM_TURN,
};

struct meter { // of one revision on one machine type; ns of runner time
    sim_wide state_ns[RUNNER_STATES];
    // Billed time by who pays, see billing.h: the owner for requests that callers would pay for in
    // shared mode, and for all the rest; callers; nobody.
    sim_wide covered_ns, rest_ns, callers_ns, absorbed_ns;
    sim_wide uncharged_ns;          // of requests that nobody is charged for
    sim_wide surge_ns, rounding_ns; // billed on top: by price windows, by whole seconds
};

struct step_tally { // of one rung of a setup ladder (setup.h)
    uint64_t count;
    sim_wide ns;
};

struct image_node {   // image.h
    uint32_t runners; // of the revision that are on it
    bool holds;       // the image; forgotten cache_lifetime after `left`
    sim_time left;    // when its last runner left
};

struct region_cache { // setup.h
    uint32_t runners; // of the revision that have begun setup() there and live
    bool known;       // there ever was one
    sim_time left;    // when the last one left
};

struct runner_queue { // a list of runners by next and prev
    uint32_t head, tail;
};

struct free_index { // runners of a pool that have a free slot (dispatch.c)
    enum dispatch policy;
    bool ordered; // the policy goes by birth: by_birth and runner_at by position are in use
    struct bitset *by_birth;
    uint32_t count;      // of them
    uint32_t *runner_at; // by position, or the heap by load
    uint32_t heap_size;
    uint32_t positions, next_position, last_used;
    uint32_t head, tail; // by the time they gave back a slot
};

struct content {
    uint64_t epoch; // m->epoch when it was found; 0: nothing is known
    uint32_t in_flight, queued, overdue;
};

struct pool { // the runners of one revision
    const struct revision_config *config;
    uint32_t id, app;
    uint32_t counts[RUNNER_STATES];
    uint32_t starting, ready, stopping; // by class
    uint32_t in_flight;                 // on ready runners
    uint32_t alive_head, alive_tail;    // all runners alive, oldest first
    uint64_t births;
    struct runner_queue idle_used, idle_fresh; // in the order in which they became idle
    struct sim_ticket keep_alive_timer;
    sim_time keep_alive_at;    // when that timer fires
    bool held;                 // an expired runner is kept by the floor
    uint32_t max_multiplexing; // at present, as startup_timeout (tuning.h)
    sim_time startup_timeout;
    sim_wide tuned_slots_ns; // what slots x time lacks for earlier values of max_multiplexing
    void *scaler;            // what the autoscaler remembers; NULL: nothing (scaler.h)
    struct content content;  // loads for which the present runners suffice (scaler_inline.h)
    struct sim_ticket scaler_timer; // when the autoscaler wants to be asked again
    uint32_t outgoing,
        replacing;     // a restart's runners: ready to go, replacements on their way (R4)
    uint32_t replaced; // replacements that are ready and have not let one go yet
    struct free_index free;
    uint32_t *hint_heads;                    // by key (hint.h)
    struct meter meters[PLACES_PER_APP + 1]; // by slot; the last one: no machine yet
    double usd_per_s[PLACES_PER_APP];        // price of a billed runner second, by slot
    uint32_t units[PLACES_PER_APP];          // of capacity that a runner takes, by slot
    double surge[PLACES_PER_APP];            // factor of the price at present, by slot; 1: no surge
    bool surged;                             // some factor may not be 1
    struct step_tally *steps;                // by rung of the ladder
    struct image_node *nodes;
    struct region_cache regions[REGIONS];
    uint32_t walk; // where a walk over several pools stands (fault.c)
    struct rng_stream pending, image, pull, setup, setup_failure, teardown;
    struct rng_stream step, node, crash, sick, reclaim;
};

struct outage {             // downtime of an app (outage.c)
    sim_time since;         // what is metered reaches up to here
    sim_time refused_until; // a refusal counts as demand until then
    sim_time no_runner_ns, unserved_ns;
    sim_time spell_ns, longest_ns; // the present unserved spell, the longest one
    uint32_t spells;
};

struct availability { // success by intervals (availability.h)
    sim_time until;   // the end of the present one
    int64_t interval;
    uint64_t good, valid; // before it
    double sum_of_bad;    // of closed intervals: 1 - ratio
    uint32_t bad_intervals;
};

struct priority_stats { // requests that succeeded, of one priority
    uint64_t served;
    sim_wide wait_ns, response_ns;
};

struct service_stats { // requests submitted after the warm-up
    uint64_t arrivals, retried, postponed, killed, cold, good;
    uint64_t labelled, labels_met; // first attempts of a labelled trace; as cold as recorded
    uint64_t outcomes[OUTCOMES];
    struct hist *wait, *response;
    struct level queue, in_flight;
    struct availability availability;
    struct priority_stats by_priority[PRIORITIES]; // while the app has_low
};

struct fleet_stats {
    uint64_t starts, starts_failed, stops[STOP_REASONS];
    struct level alive;
    uint64_t lives;
    sim_wide life_ns;
    struct hist *cold_start;
    sim_time mixed_since,
        mixed_ns; // runners of two revisions serving; mixed_since SIM_NEVER: not now
    uint32_t serving_pools;
};

struct toll { // what the meters of an app show (toll.h)
    sim_time unserved_ns, mixed_ns;
    uint64_t killed, valid, bad;
};

struct rollout_record { // of one deploy event; times are SIM_NEVER until they happen
    uint32_t event;     // row of the timeline
    uint32_t old_pool, new_pool;
    enum rollout_end end; // STALLED and UNFINISHED are decided by the report
    bool begun;
    sim_time switched, first_ready, restored, old_gone, stalled_ns;
    sim_time alerted;         // an alert of the error budget began to fire (burn.h)
    struct toll before, toll; // of the app at the rollout; of the rollout, once the next has come
    uint32_t replicas;        // runners of the old revision at the deploy
    uint32_t old_ready;       // those of them that were ready
    uint32_t old_at_switch;   // ready runners of it at the switch
    uint32_t step;            // of a canary: 0 before the first one
    sim_time step_since;
    double surge_s, surge_usd;           // once the old runners are gone
    double new_billed_s, new_billed_usd; // of the new pool at the deploy
    double old_billed_s, old_billed_usd; // of the old pool at the switch
};

struct unit_money {                // of requests that pay by billable units (C2)
    double price_usd, covered_usd; // what they pay, and what their seconds would have cost
};

// A second revision that takes requests while a rollout is under way (side.c).
struct side {
    uint32_t pool;          // NONE: there is none
    bool shared;            // both serve one line; else each has its own requests and its own line
    double weight;          // share of new requests, unless shared
    struct line line;       // of this revision, unless shared
    uint64_t ended, failed; // attempts on its runners
};

struct downtime; // downtime.h

struct app {
    uint64_t plain_at; // m->epoch when it was found to be plain (plain.h)
    bool may_be_plain;
    const struct app_config *config;
    const struct autoscaler_policy *autoscaler;
    uint32_t id;
    uint32_t routed;               // pool that new requests go to
    struct scaling_config scaling; // at present
    enum auth_mode auth_mode;      // at present
    bool absorbs;                  // and with it, nobody pays for idle runners (billing.h)
    struct line line;
    uint32_t failures; // failed starts in a row (P5)
    struct runner_queue backoff;
    uint32_t rollout;                // record of the rollout under way, or NONE
    uint32_t last_rollout;           // record of the latest deploy, or NONE
    uint32_t rollout_failed;         // failed starts of the new revision since the deploy
    uint32_t rollout_joined;         // successful ones
    struct sim_ticket rollout_timer; // when its policy wants to be asked again
    uint32_t toll;                   // record that the app's meters count for, or NONE
    uint32_t previous;               // pool that was routed before, or NONE
    uint32_t restart;                // record of the restart under way, or NONE
    struct side side;
    struct foresight *foresight; // NULL: nobody looks ahead (foresight.h)
    bool hold;    // the autoscaler rests: the rollout decides how many runners there are
    bool gone;    // killed (D1)
    bool has_low; // some source is of low priority
    struct outage outage;
    struct downtime *downtime; // NULL: off
    struct service_stats service;
    struct fleet_stats fleet;
    struct unit_money units, units_if_shared; // those submitted in shared mode; all of them
};

struct machine {
    uint32_t capacity;  // at present; UINT32_MAX: unlimited
    sim_time changed;   // the capacity; or the warm-up's end
    bool was_unlimited; // for some time since the warm-up
    uint64_t in_use;
    struct level offered; // the capacity, 0 while it is unlimited
};

struct mmpp_walk {     // mmpp.h
    uint64_t stay;     // the number of the present stay
    uint64_t arrivals; // gaps drawn in it
    uint32_t state;
    sim_time until; // its end; 0: it has not begun
};

struct counts_walk { // counts.h
    uint32_t bin, given;
    double place; // of the last one in the bin, from 0 to 1
};

struct source {
    const struct traffic_config *config;
    struct rng_stream arrival, service, cold_service, response, retry, units, route;
    bool renews; // its gaps are independent and alike: they follow `gap`
    struct dist gap;
    struct dist_ahead gaps, works; // of those that follow `gap`; service times
    uint64_t number;               // of the next request
    uint64_t beside;               // requests so far that came with another one, in its batch
    uint32_t first_user;           // of those that are this source's own (downtime.h)
    uint32_t *turns;               // closed loop: of each user (users.h), else NULL
    sim_time clock, end;           // of the last arrival; no arrival from then on
    struct trace_row row;   // of the next request: from a trace, or no service time and no traits
    sim_time start_timeout; // as far as the path knows them (Q1)
    uint32_t priority, max_attempts;
    struct rng_stream health, fails_at, patience, hint, postpone, batch, stay, turn;
    struct mmpp_walk mmpp;
    struct counts_walk counts;
    struct read_ahead *read_ahead; // rows that a copy of the source has read before it; NULL: none
    bool reads_ahead;              // it is that copy
    uint64_t plain_at;             // m->epoch when its app was found plain, its caller admitted
    struct request born;           // what its requests begin as, while it is plain
};

struct read_ahead { // a ring of rows of a trace
    struct trace_row *rows;
    uint32_t room, first, count;
};

struct series_state; // series.c
struct hint_table;   // hint.c

struct model {
    const struct scenario_config *config;
    struct model_options options;
    struct sim *sim;
    const struct sim_trace *trace;
    sim_time now;          // of the event being handled
    uint64_t epoch;        // handlers of the general kind that have run (plain.h)
    sim_time counted_from; // the warm-up's end
    struct app *apps;
    struct pool *pools; // by revision
    struct machine *machines;
    struct source *sources;
    double *caller_usd;    // by app and caller
    uint32_t *in_progress; // by caller: requests in flight that a limit counts (callers.h)
    struct rollout_record *rollouts; // by row of the timeline
    struct runner *runners;
    struct runner_aside *runner_asides; // of each of them
    struct request *requests;
    struct request_aside *request_asides; // of each of them
    uint32_t runner_free, runner_used;    // free list by `next`, high-water mark
    uint32_t request_free, request_used;  // likewise
    struct runner_queue room;             // runners that wait for capacity
    struct series_state *series;          // NULL: off
    struct hint_table *hints;             // NULL: no app dispatches by hints
};

// A handler's first line.
static inline struct model *model_at(void *model, struct sim_event event)
{
    struct model *m = model;
    m->now = event.at;
    m->epoch++;
    return m;
}

static inline struct runner_aside *runner_aside(struct model *m, const struct runner *runner)
{
    return &m->runner_asides[runner - m->runners];
}

static inline struct app *app_of(struct model *m, const struct runner *runner)
{
    return &m->apps[m->pools[runner->pool].app];
}

static inline uint64_t model_stream(enum stream_purpose purpose, uint32_t app, uint32_t index)
{
    return (uint64_t)purpose << 56 | (uint64_t)app << 28 | index;
}

static inline void model_trace(struct model *m, const char *what, const char *detail, uint32_t who,
                               uint64_t arg)
{
    if (!m->trace) return;
    struct trace_record record = {m->now, what, detail, who, arg};
    m->trace->record(m->trace->context, &record);
}
