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

enum auth_mode { AUTH_PRIVATE, AUTH_SHARED, AUTH_PUBLIC, AUTH_MODES };             // C1
enum deployment { DEPLOYMENT_PERSISTENT, DEPLOYMENT_EPHEMERAL };                   // D1, D2
enum request_path { PATH_QUEUE, PATH_DIRECT, PATH_STREAM, PATH_WEBSOCKET, PATHS }; // Q1
enum priority { PRIORITY_NORMAL, PRIORITY_LOW, PRIORITIES };                       // Q2
enum shared_idle { SHARED_IDLE_OWNER, SHARED_IDLE_ABSORBED };                      // C2
enum drain { DRAIN_GRACE, DRAIN_WAIT };                                            // P6
enum billing_granularity { BILLING_EXACT, BILLING_WHOLE_SECONDS };                 // C2

enum fails_at { FAILS_AT_END, FAILS_AT_UNIFORM };              // Q3
enum cancel { CANCEL_IGNORED, CANCEL_COOPERATIVE };            // Q6
enum response_header { HEADER_ABSENT, HEADER_NO, HEADER_YES }; // Q3
enum retry_condition {                                         // Q3: each has a budget of its own
    RETRY_SERVER_ERROR,     // 503, or another 5xx that asks for a retry
    RETRY_TIMEOUT,          // 504, request_timeout
    RETRY_CONNECTION_ERROR, // the runner crashed or was stopped under the request
    RETRY_CONDITIONS        // none of them
};
enum buffer_mode { BUFFER_ADD, BUFFER_MAX };             // A1
enum perc_of { PERC_OF_RUNNERS, PERC_OF_REQUESTS };      // A1
enum drain_old { DRAIN_OLD_ALL, DRAIN_OLD_ONE_FOR_ONE }; // R2

enum {
    MACHINE_TYPES_PER_APP = 8, // entries of an ordered fallback list (M2)
    PLACES_PER_APP = 32,       // those types in each of the app's regions (M4)
    RESPONSES_PER_APP = 8,
    SETUP_STEPS = 16,        // of a ladder (P3)
    REGIONS = 16,            // of a scenario, with "anywhere" (M4)
    SURGES_PER_MACHINE = 16, // price windows
    SCENARIO_MACHINES =
        256, // machine types of the catalogue and of a scenario, in each of their regions
};

struct surge_config { // a price window: every billed second in [from, until) costs `factor` times
                      // the rate
    sim_time from, until;
    double factor;
};

// A type with capacity by region is a row for each of them, all of one name (M4).
struct machine_config { // M1
    const char *name;
    const char *region;           // NULL: anywhere
    uint32_t region_id;           // 0: anywhere
    double vcpu, ram_gb, vram_gb; // vram_gb for each GPU, 0 for CPU types
    bool gpu;                     // capacity counts GPUs, else whole machines
    double price_usd_per_s;       // for each billed second of a runner (x num_gpus); NaN: not known
    uint32_t capacity;            // UINT32_MAX: unlimited
    struct dist pending;          // time to get the hardware once there is room (state PENDING)
    const char *source;           // where the row comes from
    double committed_usd_per_s;   // the price under a commitment; NaN: none published
    struct dist reclaim;          // time that a runner may keep it (P7); constant 0: for ever
    sim_time reclaim_notice;      // from the announcement to SIGTERM
    const struct surge_config *surges; // by time, not overlapping
    uint32_t surge_count;
};

struct response_config { // Q3: with this probability an attempt ends so instead of with 200
    uint32_t status;     // an HTTP status, or 0 for a crash of the runner
    double probability;
    // Headers of the response, enum response_header: X-Fal-Needs-Retry (5xx and 429),
    // x-fal-stop-runner.
    uint32_t needs_retry, stop_runner;
};

struct tier_config { // where bytes come from (P3)
    const char *name;
    struct dist gb_per_s; // numbers, not times
};

struct setup_step { // one rung of a ladder; their times add up to setup() (P3)
    const char *name;
    struct dist time; // of a step without a size
    double size_gb;   // > 0: takes size over bandwidth
    uint32_t tier;    // of the platform
};

struct health_config { // P7
    sim_time interval, timeout;
    uint32_t failures; // in a row until the runner is replaced
    sim_time start_period;
};

// Settings that survive a deploy (`fal apps scale`, domain 2.1).
struct scaling_config {
    uint32_t min_concurrency, max_concurrency, concurrency_buffer;
    double concurrency_buffer_perc;
    sim_time keep_alive, scaling_delay, request_timeout;
    uint32_t buffer_mode, perc_of; // enums of those names: other readings of the formula
};

// Q7: with k requests in flight each takes so many times as long; see slowdown.h.
enum slowdown_kind { SLOWDOWN_NONE, SLOWDOWN_FACTOR, SLOWDOWN_TABLE };
struct slowdown_config {
    enum slowdown_kind kind;
    double factor;
    const double *table; // for k = 1, 2, ...; each at least 1
    uint32_t count;
};

// Settings that come with the code: each deploy brings its own.
struct revision_config {
    const char *name;                  // "1" for the first of its app, then in timeline order
    uint32_t machines[PLACES_PER_APP]; // rows of machine types, in order of preference (M2, M4)
    uint32_t machine_count;
    uint32_t num_gpus, max_multiplexing;
    double image_cached;  // probability that DOCKER_PULL is skipped (P3)
    uint32_t image_nodes; // or nodes that remember the image; 0: the probability holds
    struct dist docker_pull, setup, teardown;
    const struct setup_step *steps; // instead of `setup`
    uint32_t step_count;            // 0: `setup` holds
    double first_in_region_factor;  // multiplies setup() of the first runner in a region (P3)
    sim_time cache_lifetime;        // so long a region, or a node, remembers the last runner
    struct dist mtbf, sick_after;   // of a ready runner; constant 0: never (P7)
    uint32_t sick_response;         // what a sick runner answers, an HTTP status
    bool sick_asks_for_check;       // with x-fal-runner-health-check
    bool has_health_check;
    struct health_config health;
    double setup_failure; // probability (P5)
    sim_time startup_timeout, termination_grace_period;
    uint32_t drain; // enum drain
    struct response_config responses[RESPONSES_PER_APP];
    uint32_t response_count;
    uint32_t fails_at;           // enum fails_at: when in its service a failing attempt ends
    double health_check_failure; // probability that the check after 500, 502, 504 fails
    uint32_t retry_budgets[RETRY_CONDITIONS]; // retries of a request by condition
    uint32_t cancel;                          // enum cancel
    uint32_t hint_slots;                      // sticky keys that a runner remembers (Q8)
    struct slowdown_config slowdown;
    double service_factor;         // multiplies every service time of this revision
    uint32_t auth_mode;            // enum auth_mode; takes effect at the switch (C3)
    struct scaling_config scaling; // the code's values: used by the first deploy and by reset_scale
};

// Keys of autoscalers (A3); their defaults are those of knative's own configuration.
struct knative_config {
    sim_time tick_interval, stable_window;
    double panic_window_percentage;       // of the stable window
    double panic_threshold_percentage;    // of the ready runners
    double target_utilization_percentage; // of max_multiplexing
    double max_scale_up_rate, max_scale_down_rate;
    bool enable_scale_to_zero;
    sim_time scale_to_zero_grace_period, scale_down_delay;
    uint32_t activation_scale;
    bool drain_busy;
};
struct oracle_config {
    sim_time lookahead;
};

struct app_config {
    const char *name;
    uint32_t deployment;                // enum deployment
    uint32_t revisions, first_revision; // index into scenario revisions: [first, first + revisions)
    uint32_t autoscaler;                // index into autoscaler_policies[]
    struct knative_config knative;      // of the policy of that name
    struct oracle_config oracle;
    uint32_t max_parallel_starts; // UINT32_MAX: unlimited
    bool cancel_surplus_starts;
    uint32_t dispatch;         // index into dispatch_policies[]
    uint32_t max_queue_length; // of an endpoint; UINT32_MAX: unlimited (Q9)
    uint32_t endpoints;        // how many; each has a queue of its own, 0 means 1
    uint32_t initial_runners;  // ready at time 0
    uint32_t shared_idle;      // enum shared_idle
    sim_time good_within;      // a request is good when it is ok and its wait is at most this
    sim_time refusal_window;   // a refusal counts as demand for this long (unserved_time_s)
    double unit_price_usd;     // of a billable unit in shared mode (C2)
};

// Where requests come from (T1).
enum arrival_kind {
    ARRIVAL_POISSON,
    ARRIVAL_RENEWAL,
    ARRIVAL_PIECEWISE,
    ARRIVAL_TRACE,
    ARRIVAL_CLOSED_LOOP,
    ARRIVAL_DIURNAL,
    ARRIVAL_FLASH_CROWD,
    ARRIVAL_MMPP,
    ARRIVAL_COUNTS
};

enum batch_kind { BATCH_NONE, BATCH_CONSTANT, BATCH_GEOMETRIC };

struct rate_step {
    sim_time from;
    double rate_per_s;
};

struct diurnal { // rate_per_s x (1 + amplitude x cos(2 pi (t - peak_at) / period))
    double amplitude;
    sim_time period, peak_at; // 0 <= peak_at < period
};

struct flash_crowd { // rate_per_s; from `at` on it rises to `factor` times that, stays, decays
    sim_time at, ramp, hold;
    sim_time half_life; // of what is above rate_per_s; 0: it drops at once
    double factor;
};

struct mmpp_state {
    const char *name;
    double rate_per_s, mean_s; // of requests; of one stay in the state, which is exponential
    const double *next;        // cumulative, by state: where it goes from here
};
struct mmpp { // a Markov-modulated Poisson process (mmpp.h)
    const struct mmpp_state *states;
    const double *start; // cumulative, by state: where it begins
    uint32_t count;
};

struct arrival_counts { // so many requests in each bin, one after the other
    const uint32_t *counts;
    uint32_t bins;
    sim_time width, offset; // of a bin; where the first one begins
    bool even;              // at equal distances, else at random
};

// A trace streams: whoever runs the model supplies rows one by one, in order of arrival (T2).
// What a row says of its request beyond its times goes before what the source says; 0: nothing.
struct request_traits {
    uint32_t app, caller, hint; // 1 + the number; a request for another app goes to endpoint 0
    uint16_t status;            // HTTP status that it ended with: its attempts end so, for good
    uint8_t priority;           // 1 + enum priority
    uint8_t label;              // enum cold_label
};
enum cold_label { LABEL_NONE, LABEL_WARM, LABEL_COLD }; // was it a cold start when recorded?
struct trace_row {
    sim_time arrival; // since the start of the replication
    sim_time service; // for one attempt; SIM_NEVER: draw from the source's distribution
    struct request_traits traits;
};
enum trace_end { TRACE_ROW, TRACE_END, TRACE_BROKEN };
struct trace_feed {
    enum trace_end (*next)(void *context, uint32_t source, struct trace_row *row);
    void *context;
};

struct traffic_config {
    const char *name;
    uint32_t app;
    uint32_t caller;   // index into scenario callers; 0 is "owner"
    uint32_t path;     // enum request_path
    uint32_t priority; // enum priority
    uint32_t endpoint; // of the app
    enum arrival_kind kind;
    double rate_per_s;             // POISSON; mean of DIURNAL, FLASH_CROWD without the crowd
    struct dist interarrival;      // RENEWAL
    const struct rate_step *steps; // PIECEWISE, rising `from`, first at 0
    uint32_t step_count;
    sim_time repeat;              // PIECEWISE: starts over after this; SIM_NEVER: last rate stays
    sim_time phase;               // PIECEWISE: where in its period the run begins
    bool interpolate;             // PIECEWISE: straight lines between the steps; it then repeats
    struct diurnal diurnal;       // DIURNAL
    struct flash_crowd crowd;     // FLASH_CROWD
    const struct mmpp *mmpp;      // MMPP
    struct arrival_counts counts; // COUNTS
    uint32_t users;               // CLOSED_LOOP
    struct dist think;            // CLOSED_LOOP: from the end of a request to the user's next one
    enum batch_kind batch;    // requests that arrive at each instant, of all kinds but CLOSED_LOOP
    double batch_size;        // constant, or the mean of 1, 2, 3, ...
    sim_time from, until;     // the source is silent outside [from, until)
    struct dist service;      // seconds of work of a request, the same for each attempt
    struct dist cold_service; // instead of `service` when the request is a runner's first
    bool has_cold_service;
    uint32_t hints;           // distinct sticky keys of its requests; 0: none (Q8)
    bool many_apps;           // TRACE: its rows name apps
    bool ranked;              // its trace may give rows a priority
    bool labelled;            // TRACE: its rows say which request was a cold start
    struct dist cancel_after; // the caller's patience, from submission (Q6)
    bool has_cancel_after;
    sim_time
        start_timeout; // deadline for processing to start, from submission; SIM_NEVER: none (Q4)
    uint32_t max_attempts; // ceiling 10; queue path only
    bool no_retry;         // the caller's X-Fal-No-Retry (Q3)
    bool has_retry;        // the owner's X-Fal-Retry-Config: instead of the app's (Q3)
    uint32_t retry_budgets[RETRY_CONDITIONS];
    struct dist billable_units; // of a request, numbers, not times (C2)
    bool has_billable_units;
};

// Who calls (C1).
enum caller_kind { CALLER_OWNER, CALLER_TEAM, CALLER_USER, CALLER_ANONYMOUS };
struct caller_config {
    const char *name; // "owner" and "team": the owner's; "anonymous": no key; any other: an account
                      // of its own
    enum caller_kind kind;
    uint32_t concurrency_limit; // requests in progress at once in shared mode; 0: no limit (Q9)
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
    bool detach;              // R3
    uint32_t verify_attempts; // failed first starts that abort it; 0 is taken as 1
    uint32_t drain_old;       // enum drain_old
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
    TIMELINE_FLUSH,
    TIMELINE_MAINTENANCE,
    TIMELINE_RESTART,  // R4
    TIMELINE_ROLLBACK, // R7
    TIMELINE_KILL,     // D1
};
#define REVISION_PREVIOUS UINT32_MAX // ROLLBACK: the revision active before the present one
struct timeline_config {
    sim_time at;
    enum timeline_kind kind;
    const char *name;   // of a rollout (DEPLOY, RESTART, ROLLBACK): "1" for the scenario's first,
                        // then by time
    uint32_t app;       // all but CAPACITY and MAINTENANCE
    uint32_t strategy;  // DEPLOY, ROLLBACK: index into rollout_policies[]
    uint32_t revision;  // DEPLOY, ROLLBACK: index into scenario revisions
    uint32_t min_ready; // DEPLOY, ROLLBACK: ready runners of the new revision before a rolling
                        // switch (R2)
    struct rollout_settings rollout; // DEPLOY, ROLLBACK
    bool force;                      // RESTART: all at once
    bool reset_scale;                // DEPLOY: take the code's scaling values (A4)
    bool sets_auth;                  // ROLLBACK: auth_mode instead of the revision's (C3)
    uint32_t auth_mode;              // enum auth_mode
    struct scaling_config scaling;   // SCALE: new settings
    uint32_t scaling_given;          // SCALE: which: a bit for each row of scaling_params
    // SCALE: settings of the code that hold until the next deploy (A4); 0: as they are
    uint32_t max_multiplexing;
    sim_time startup_timeout;
    uint32_t machine, capacity; // CAPACITY; `machine` also of MAINTENANCE
    uint32_t caller;            // FLUSH: whose requests; UINT32_MAX: everybody's
    bool evict;                 // CAPACITY: kill the youngest runners that do not fit any more (P7)
    bool everywhere;            // MAINTENANCE: in all regions of the type
    uint32_t runners;           // MAINTENANCE: how many, the oldest first; UINT32_MAX: all
    sim_time notice;            // MAINTENANCE: from the announcement to SIGTERM
};

struct platform_config {
    bool capacity_wakeup;           // M3
    sim_time capacity_retry;        // M3
    sim_time unused_runner_timeout; // P4, the 10-second rule; SIM_NEVER: keep_alive counts instead
    sim_time crash_backoff, crash_backoff_max; // P5
    sim_time retry_base, retry_max;            // Q5: min(retry_max, retry_base x 2^k)
    double retry_jitter;                       // +- this share
    uint32_t billing_granularity;              // enum billing_granularity
    const struct tier_config *tiers;           // P3
    uint32_t tier_count;
};

struct limits_config { // of one replication; passing one ends it with a message that names it
    uint32_t runners, requests, events;
};

struct scenario_config {
    const char *title;
    const char *prices; // table of list prices that holds: "list" or "committed"
    sim_time horizon, warm_up;
    sim_time series_step; // width of a bin of the time series; 0: no series
    struct platform_config platform;
    struct limits_config limits;
    const struct machine_config *machines;
    const struct app_config *apps;
    const struct revision_config *revisions; // of all apps
    const struct traffic_config *traffic;
    const struct caller_config *callers;    // [0] is "owner"
    const struct timeline_config *timeline; // by time, ties in file order
    uint32_t machine_count, app_count, revision_count, traffic_count, caller_count, timeline_count;
};

// The keys, one table for each object of the file.  Offsets are into the struct named.
extern const struct param
    machine_params[]; // struct machine_config (not: name, prices, capacity, surge)
extern const struct param scaling_params[]; // struct scaling_config; keys of an app
extern const struct param
    revision_params[]; // struct revision_config; keys of an app (not: machine_type,
                       // docker_pull, responses, valid_regions, health_check, a ladder)
extern const struct param retry_params[];   // struct revision_config; keys of an app's "retry"
extern const struct param health_params[];  // struct health_config
extern const struct param app_params[];     // struct app_config; keys of an app
extern const struct param knative_params[]; // struct app_config; keys of the policy of that name
extern const struct param oracle_params[];
extern const struct param
    traffic_params[]; // struct traffic_config (not: the arrival process, caller, service)
extern const struct param platform_params[]; // struct platform_config
extern const struct param limits_params[];   // struct limits_config
extern const struct param rollout_params[];  // struct rollout_settings; keys of a deploy (not:
                                             // max_surge, max_unavailable, steps)

extern const char *const auth_mode_names[]; // these end with NULL
extern const char *const deployment_names[];
extern const char *const request_path_names[];
extern const char *const priority_names[];
extern const char *const shared_idle_names[];
extern const char *const drain_names[];
extern const char *const fails_at_names[];
extern const char *const cancel_names[];
extern const char *const billing_granularity_names[];
extern const char *const drain_old_names[];
extern const char *const buffer_mode_names[];
extern const char *const perc_of_names[];
