#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/param.h"
#include "sim/dist.h"
#include "sim/time.h"

// A scenario as plain data: what bench/input/ fills in and the model reads.  It is read-only during
// a run and shared by all threads.  Ids are indices into the arrays here.
//
// The tables at the end say which keys exist; rule numbers are those of DESIGN.md section 2.

enum auth_mode { AUTH_PRIVATE, AUTH_SHARED, AUTH_PUBLIC, AUTH_MODES }; // C1
enum deployment { DEPLOYMENT_PERSISTENT, DEPLOYMENT_EPHEMERAL };       // D1, D2
enum request_path { PATH_QUEUE, PATH_DIRECT, PATHS };                  // Q1
enum priority { PRIORITY_NORMAL, PRIORITY_LOW, PRIORITIES };           // Q2
enum shared_idle { SHARED_IDLE_OWNER, SHARED_IDLE_ABSORBED };          // C2
enum drain { DRAIN_GRACE, DRAIN_WAIT };                                // P6
enum buffer_mode { BUFFER_ADD, BUFFER_MAX };                           // A1
enum perc_of { PERC_OF_RUNNERS, PERC_OF_REQUESTS };                    // A1
enum drain_old { DRAIN_OLD_ALL, DRAIN_OLD_ONE_FOR_ONE };               // R2

enum {
    MACHINE_TYPES_PER_APP = 8, // entries of an ordered fallback list (M2)
    RESPONSES_PER_APP = 8,
    SCENARIO_MACHINES = 64,    // machine types of the catalogue and of a scenario together
};

struct machine_config { // M1
    const char *name;
    double vcpu, ram_gb, vram_gb; // vram_gb for each GPU, 0 for CPU types
    bool gpu;                     // capacity counts GPUs, else whole machines
    double price_usd_per_s;       // for each billed second of a runner (x num_gpus); NaN: not known
    uint32_t capacity;            // UINT32_MAX: unlimited
    struct dist pending;          // time to get the hardware once there is room (state PENDING)
    const char *source;           // where the row comes from
};

struct response_config { // Q3: with this probability an attempt ends so instead of with 200
    uint32_t status;     // an HTTP status, or 0 for a crash of the runner
    double probability;
};

// Settings that survive a deploy (`fal apps scale`, domain 2.1).
struct scaling_config {
    uint32_t min_concurrency, max_concurrency, concurrency_buffer;
    double concurrency_buffer_perc;
    sim_time keep_alive, scaling_delay, request_timeout;
    uint32_t buffer_mode, perc_of; // enums of those names: other readings of the formula
};

// Settings that come with the code: each deploy brings its own.
struct revision_config {
    const char *name;                            // "1" for the first of its app, then in timeline order
    uint32_t machines[MACHINE_TYPES_PER_APP];    // ids of machine types, in order of preference (M2)
    uint32_t machine_count;
    uint32_t num_gpus, max_multiplexing;
    double image_cached;                         // probability that DOCKER_PULL is skipped (P3)
    struct dist docker_pull, setup, teardown;
    double setup_failure;                        // probability (P5)
    sim_time startup_timeout, termination_grace_period;
    uint32_t drain;                              // enum drain
    struct response_config responses[RESPONSES_PER_APP];
    uint32_t response_count;
    double service_factor;                       // multiplies every service time of this revision
    uint32_t auth_mode;                          // enum auth_mode; takes effect at the switch (C3)
    struct scaling_config scaling;               // the code's values: used by the first deploy and by reset_scale
};

struct app_config {
    const char *name;
    uint32_t deployment;              // enum deployment
    uint32_t revisions, first_revision; // index into scenario revisions: [first, first + revisions)
    uint32_t autoscaler;              // index into autoscaler_policies[]
    uint32_t max_parallel_starts;     // UINT32_MAX: unlimited
    bool cancel_surplus_starts;
    uint32_t dispatch;                // index into dispatch_policies[]
    uint32_t max_queue_length;        // UINT32_MAX: unlimited (Q9)
    uint32_t initial_runners;         // ready at time 0
    uint32_t shared_idle;             // enum shared_idle
    sim_time good_within;             // a request is good when it is ok and its wait is at most this
    sim_time refusal_window;          // a refusal counts as demand for this long (unserved_time_s)
};

// Where requests come from (T1).
enum arrival_kind { ARRIVAL_POISSON, ARRIVAL_RENEWAL, ARRIVAL_PIECEWISE, ARRIVAL_TRACE };

struct rate_step {
    sim_time from;
    double rate_per_s;
};

// A trace streams: whoever runs the model supplies rows one by one, in order of arrival (T2).
struct trace_row {
    sim_time arrival; // since the start of the replication
    sim_time service; // for one attempt; SIM_NEVER: draw from the source's distribution
};
enum trace_end { TRACE_ROW, TRACE_END, TRACE_BROKEN };
struct trace_feed {
    enum trace_end (*next)(void *context, uint32_t source, struct trace_row *row);
    void *context;
};

struct traffic_config {
    const char *name;
    uint32_t app;
    uint32_t caller;     // index into scenario callers; 0 is "owner"
    uint32_t path;       // enum request_path
    uint32_t priority;   // enum priority
    enum arrival_kind kind;
    double rate_per_s;               // POISSON
    struct dist interarrival;        // RENEWAL
    const struct rate_step *steps;   // PIECEWISE, rising `from`, first at 0
    uint32_t step_count;
    sim_time repeat;                 // PIECEWISE: starts over after this; SIM_NEVER: last rate stays
    sim_time from, until;            // the source is silent outside [from, until)
    struct dist service;             // seconds of work of a request, the same for each attempt
    struct dist cold_service;        // instead of `service` when the request is a runner's first
    bool has_cold_service;
    sim_time start_timeout;          // deadline for processing to start, from submission; SIM_NEVER: none (Q4)
    uint32_t max_attempts;           // ceiling 10; queue path only
};

// Who calls (C1).
enum caller_kind { CALLER_OWNER, CALLER_TEAM, CALLER_USER, CALLER_ANONYMOUS };
struct caller_config {
    const char *name; // "owner" and "team": the owner's; "anonymous": no key; any other: an account of its own
    enum caller_kind kind;
};

// How a rollout strategy goes about it; each key counts for the strategies that its help names.
struct rollout_amount { // of runners: a count, or percent of the replicas
    double value;
    bool percent;
};
struct canary_step {
    double weight; // share of new requests, 0 to 1
    sim_time length;
};
struct rollout_settings {
    bool detach;                 // R3
    uint32_t verify_attempts;    // failed first starts that abort it; 0 is taken as 1
    uint32_t drain_old;          // enum drain_old
    struct rollout_amount max_surge, max_unavailable; // R5, rolling_update
    const struct canary_step *steps;                  // R5, canary
    uint32_t step_count;
    double abort_above;          // R5, canary: failed share of the attempts on the new revision
    uint32_t abort_min_requests; // R5, canary: but only once so many have ended
};

// What happens when.
enum timeline_kind {
    TIMELINE_DEPLOY,
    TIMELINE_SCALE,
    TIMELINE_CAPACITY,
    TIMELINE_RESTART,  // R4
    TIMELINE_ROLLBACK, // R7
    TIMELINE_KILL,     // D1
};
#define REVISION_PREVIOUS UINT32_MAX // ROLLBACK: the revision active before the present one
struct timeline_config {
    sim_time at;
    enum timeline_kind kind;
    const char *name;        // of a rollout (DEPLOY, RESTART, ROLLBACK): "1" for the scenario's first, then by time
    uint32_t app;            // all but CAPACITY
    uint32_t strategy;       // DEPLOY, ROLLBACK: index into rollout_policies[]
    uint32_t revision;       // DEPLOY, ROLLBACK: index into scenario revisions
    uint32_t min_ready;      // DEPLOY, ROLLBACK: ready runners of the new revision before a rolling switch (R2)
    struct rollout_settings rollout; // DEPLOY, ROLLBACK
    bool force;              // RESTART: all at once
    bool reset_scale;        // DEPLOY: take the code's scaling values (A4)
    struct scaling_config scaling; // SCALE: the whole new setting
    uint32_t machine, capacity;    // CAPACITY
};

struct platform_config {
    bool capacity_wakeup;             // M3
    sim_time capacity_retry;          // M3
    sim_time unused_runner_timeout;   // P4, the 10-second rule; SIM_NEVER: keep_alive counts instead
    sim_time crash_backoff, crash_backoff_max; // P5
    sim_time retry_base, retry_max;   // Q5: min(retry_max, retry_base x 2^k)
    double retry_jitter;              // +- this share
};

struct limits_config { // of one replication; passing one ends it with a message that names it
    uint32_t runners, requests, events;
};

struct scenario_config {
    const char *title;
    sim_time horizon, warm_up;
    sim_time series_step;  // width of a bin of the time series; 0: no series
    struct platform_config platform;
    struct limits_config limits;
    const struct machine_config *machines;
    const struct app_config *apps;
    const struct revision_config *revisions; // of all apps
    const struct traffic_config *traffic;
    const struct caller_config *callers;     // [0] is "owner"
    const struct timeline_config *timeline;  // by time, ties in file order
    uint32_t machine_count, app_count, revision_count, traffic_count, caller_count, timeline_count;
};

// The keys, one table for each object of the file.  Offsets are into the struct named.
extern const struct param machine_params[];  // struct machine_config (not: name, price, capacity)
extern const struct param scaling_params[];  // struct scaling_config; keys of an app
extern const struct param revision_params[]; // struct revision_config; keys of an app (not: machine_type, docker_pull, responses)
extern const struct param app_params[];      // struct app_config; keys of an app
extern const struct param traffic_params[];  // struct traffic_config (not: the arrival process, caller, service)
extern const struct param platform_params[]; // struct platform_config
extern const struct param limits_params[];   // struct limits_config
extern const struct param rollout_params[];  // struct rollout_settings; keys of a deploy (not: max_surge, max_unavailable, steps)

extern const char *const auth_mode_names[];  // these end with NULL
extern const char *const deployment_names[];
extern const char *const request_path_names[];
extern const char *const priority_names[];
extern const char *const shared_idle_names[];
extern const char *const drain_names[];
extern const char *const drain_old_names[];
extern const char *const buffer_mode_names[];
extern const char *const perc_of_names[];
