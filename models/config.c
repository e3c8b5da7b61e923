// The tables of keys.  What a key means is in its help text; where several readings of the
// platform's documentation exist, the other one is a value here, not a fork in the code.

#include "models/config.h"

#include <math.h>

const char *const auth_mode_names[] = {"private", "shared", "public", NULL};
const char *const deployment_names[] = {"persistent", "ephemeral", NULL};
const char *const request_path_names[] = {"queue", "direct", "stream", "websocket", NULL};
const char *const priority_names[] = {"normal", "low", NULL};
const char *const shared_idle_names[] = {"owner", "absorbed", NULL};
const char *const drain_names[] = {"grace", "wait", NULL};
const char *const fails_at_names[] = {"end", "uniform", NULL};
const char *const cancel_names[] = {"ignored", "cooperative", NULL};
const char *const billing_granularity_names[] = {"exact", "1s", NULL};
const char *const buffer_mode_names[] = {"add", "max", NULL};
const char *const perc_of_names[] = {"runners", "requests", NULL};
const char *const drain_old_names[] = {"all", "one_for_one", NULL};

#define NEVER INFINITY
#define NO_LIMIT 4294967295.0

#define AT(field) offsetof(struct machine_config, field)
const struct param machine_params[] = {
    {"vcpu", PARAM_NUMBER, AT(vcpu), 1, 0, 1e6, "vCPU cores of one machine (M1)", NULL},
    {"ram_gb", PARAM_NUMBER, AT(ram_gb), 1, 0, 1e6, "memory of one machine, GB (M1)", NULL},
    {"vram_gb", PARAM_NUMBER, AT(vram_gb), 0, 0, 1e6, "memory of one GPU, GB; 0 for CPU types (M1)",
     NULL},
    {"gpu", PARAM_FLAG, AT(gpu), 0, 0, 1,
     "capacity and price are for each GPU, not for each machine (M1)", NULL},
    {"pending", PARAM_DIST, AT(pending), 0, 0, NEVER,
     "time to get the hardware once there is room: state PENDING (P3)", NULL},
    {"reclaim", PARAM_DIST, AT(reclaim), 0, 0, NEVER,
     "time until a runner must give the machine back, as spot capacity does; 0s, the default: "
     "never "
     "(P7)",
     NULL},
    {"reclaim_notice", PARAM_TIME, AT(reclaim_notice), 0, 0, 86400,
     "from reclaim, when a runner gets no more requests, to SIGTERM (P7)", NULL},
    {0},
};
#undef AT

#define AT(field) offsetof(struct scaling_config, field)
const struct param scaling_params[] = {
    {"min_concurrency", PARAM_COUNT, AT(min_concurrency), 0, 0, 1e5, "runners always alive (A1)",
     NULL},
    {"max_concurrency", PARAM_COUNT, AT(max_concurrency), 2, 1, 1e5,
     "most runners; a rolling deploy's come on top (A1, R2)", NULL},
    {"concurrency_buffer", PARAM_COUNT, AT(concurrency_buffer), 0, 0, 1e5,
     "spare runners above what the load needs (A1)", NULL},
    {"concurrency_buffer_perc", PARAM_NUMBER, AT(concurrency_buffer_perc), 0, 0, 1e4,
     "spare runners, percent of the load; the larger of the two buffers counts (A1)", NULL},
    {"keep_alive", PARAM_TIME, AT(keep_alive), 60, 0, NEVER,
     "idle time from the end of the last request until a runner stops (P4)", NULL},
    {"scaling_delay", PARAM_TIME, AT(scaling_delay), 0, 0, 86400,
     "a queued request counts as load after waiting this long (A1)", NULL},
    {"request_timeout", PARAM_TIME, AT(request_timeout), 3600, 0.001, NEVER,
     "longest attempt; then the runner is killed and the request retried (Q4)", NULL},
    {"autoscaler_buffer_mode", PARAM_CHOICE, AT(buffer_mode), BUFFER_ADD, 0, 1,
     "add: the buffer comes on top of what the load needs; max: the larger of the two counts (A1)",
     buffer_mode_names},
    {"autoscaler_perc_of", PARAM_CHOICE, AT(perc_of), PERC_OF_RUNNERS, 0, 1,
     "concurrency_buffer_perc is of the runners that the load needs, or a runner for each request "
     "(A1)",
     perc_of_names},
    {0},
};
#undef AT

#define AT(field) offsetof(struct revision_config, field)
const struct param revision_params[] = {
    {"num_gpus", PARAM_COUNT, AT(num_gpus), 1, 1, 8, "GPUs of a runner, for GPU types (M1)", NULL},
    {"max_multiplexing", PARAM_COUNT, AT(max_multiplexing), 1, 1, 1e4,
     "requests that one runner serves at once (Q7)", NULL},
    {"setup", PARAM_DIST, AT(setup), 0, 0, NEVER, "time of setup(), billed: state SETUP (P2, P3)",
     NULL},
    {"setup_failure", PARAM_NUMBER, AT(setup_failure), 0, 0, 1,
     "probability that setup() ends in a crash (P5)", NULL},
    {"teardown", PARAM_DIST, AT(teardown), 0, 0, NEVER,
     "time of teardown(), billed, inside the grace period: state TERMINATING (P6)", NULL},
    {"startup_timeout", PARAM_TIME, AT(startup_timeout), 600, 0.001, NEVER,
     "longest setup; then the start has failed (P5)", NULL},
    {"termination_grace_period", PARAM_TIME, AT(termination_grace_period), 5, 0, 3600,
     "from SIGTERM until what still runs is cut; requests and teardown share it (P6)", NULL},
    {"drain", PARAM_CHOICE, AT(drain), DRAIN_GRACE, 0, 1,
     "grace: the grace period bounds the requests in flight; wait: they finish first (P6)",
     drain_names},
    {"service_factor", PARAM_NUMBER, AT(service_factor), 1, 1e-6, 1e6,
     "multiplies every service time on this revision's runners", NULL},
    {"fails_at", PARAM_CHOICE, AT(fails_at), FAILS_AT_END, 0, 1,
     "when an attempt that fails does so: at the end of its service, or at a random point of it "
     "(Q3)",
     fails_at_names},
    {"health_check_failure", PARAM_NUMBER, AT(health_check_failure), 0, 0, 1,
     "probability that the TCP health check after a 500, 502 or 504 fails, which kills the runner "
     "(Q3)",
     NULL},
    {"cancel", PARAM_CHOICE, AT(cancel), CANCEL_IGNORED, 0, 1,
     "what a caller's cancelling does to a request in flight; ignored: it goes on to its end; "
     "cooperative: its slot is free at once (Q6)",
     cancel_names},
    {"hint_slots", PARAM_COUNT, AT(hint_slots), 1, 1, 64,
     "sticky keys that a runner remembers, the last ones it served; for dispatch hint (Q8)", NULL},
    {"first_in_region_factor", PARAM_NUMBER, AT(first_in_region_factor), 1, 0, 1000,
     "multiplies setup() of a revision's first runner in a region: its caches are cold (P3)", NULL},
    {"cache_lifetime", PARAM_TIME, AT(cache_lifetime), NEVER, 0, NEVER,
     "how long a region, and a node, remembers a revision after its last runner there (P3)", NULL},
    {"mtbf", PARAM_DIST, AT(mtbf), 0, 0, NEVER,
     "time from ready until a runner crashes; 0s, the default: never (P7)", NULL},
    {"sick_after", PARAM_DIST, AT(sick_after), 0, 0, NEVER,
     "time from ready until a runner falls sick and answers sick_response; 0s, the default: never "
     "(P7)",
     NULL},
    {"sick_response", PARAM_COUNT, AT(sick_response), 500, 500, 599,
     "HTTP status that a sick runner answers (P7)", NULL},
    {"sick_asks_for_check", PARAM_FLAG, AT(sick_asks_for_check), 0, 0, 1,
     "its answers carry x-fal-runner-health-check: the check made at once fails, and the runner is "
     "killed (P7)",
     NULL},
    {"auth_mode", PARAM_CHOICE, AT(auth_mode), AUTH_PRIVATE, 0, 2,
     "who may call and who pays; a deploy changes it at the switch (C1, C3)", auth_mode_names},
    {0},
};

const struct param retry_params[] = {
    {"server_error", PARAM_COUNT, AT(retry_budgets[RETRY_SERVER_ERROR]), 10, 0, 10,
     "retries of a request after a 503, or another 5xx that asks for one; ten attempts at most "
     "(Q3)",
     NULL},
    {"timeout", PARAM_COUNT, AT(retry_budgets[RETRY_TIMEOUT]), 10, 0, 10,
     "retries of a request after a 504 or request_timeout (Q3)", NULL},
    {"connection_error", PARAM_COUNT, AT(retry_budgets[RETRY_CONNECTION_ERROR]), 10, 0, 10,
     "retries of a request whose runner crashed or was stopped under it (Q3)", NULL},
    {0},
};
#undef AT

#define AT(field) offsetof(struct health_config, field)
const struct param health_params[] = {
    {"interval", PARAM_TIME, AT(interval), 15, 0.001, 86400,
     "time between two health checks, counted from ready (P7)", NULL},
    {"timeout", PARAM_TIME, AT(timeout), 5, 0, 86400,
     "a sick runner's check fails after this time (P7)", NULL},
    {"failures", PARAM_COUNT, AT(failures), 3, 1, 1000,
     "failed checks in a row until the runner is stopped (P7)", NULL},
    {"start_period", PARAM_TIME, AT(start_period), 30, 0, 86400,
     "checks sent sooner after the start of setup() do not count; startup_timeout if that is "
     "longer "
     "(P7)",
     NULL},
    {0},
};
#undef AT

#define AT(field) offsetof(struct app_config, field)
const struct param app_params[] = {
    {"deployment", PARAM_CHOICE, AT(deployment), DEPLOYMENT_PERSISTENT, 0, 1,
     "persistent (fal deploy, private by default) or ephemeral (fal run, public by default) (D1, "
     "D2)",
     deployment_names},
    {"max_parallel_starts", PARAM_COUNT, AT(max_parallel_starts), NO_LIMIT, 1, NO_LIMIT,
     "runners that may be starting at once; default no limit (A1)", NULL},
    {"cancel_surplus_starts", PARAM_FLAG, AT(cancel_surplus_starts), 0, 0, 1,
     "stop a start that the load no longer needs (A1)", NULL},
    {"max_queue_length", PARAM_COUNT, AT(max_queue_length), NO_LIMIT, 0, NO_LIMIT,
     "a request that would wait behind this many is rejected with 429; default no limit (Q9)",
     NULL},
    {"initial_runners", PARAM_COUNT, AT(initial_runners), 0, 0, 1e5, "runners ready at time 0",
     NULL},
    {"shared_idle", PARAM_CHOICE, AT(shared_idle), SHARED_IDLE_OWNER, 0, 1,
     "in shared mode, who pays runner seconds that no caller's request covers (C2)",
     shared_idle_names},
    {"good_within", PARAM_TIME, AT(good_within), 2, 0, NEVER,
     "a request is good when it succeeds and starts within this time", NULL},
    {"refusal_window", PARAM_TIME, AT(refusal_window), 10, 0, NEVER,
     "a refused request counts as present demand for this long (unserved_time_s)", NULL},
    {"unit_price_usd", PARAM_NUMBER, AT(unit_price_usd), 0, 0, 1e6,
     "price of a billable unit; callers of sources with billable_units pay units x price in shared "
     "mode (C2)",
     NULL},
    {0},
};

// Longest window over shortest tick bounds the memory of the policy (autoscaler_knative.c).
const struct param knative_params[] = {
    {"tick_interval", PARAM_TIME, AT(knative.tick_interval), 2, 1, 60,
     "time between two decisions (A3)", NULL},
    {"stable_window", PARAM_TIME, AT(knative.stable_window), 60, 6, 3600,
     "the average concurrency over so long decides, in whole ticks (A3)", NULL},
    {"panic_window_percentage", PARAM_NUMBER, AT(knative.panic_window_percentage), 10, 1, 100,
     "length of the panic window, percent of the stable one, in whole ticks (A3)", NULL},
    {"panic_threshold_percentage", PARAM_NUMBER, AT(knative.panic_threshold_percentage), 200, 110,
     1000,
     "it panics when the panic window asks for this many runners, percent of the ready ones (A3)",
     NULL},
    {"target_utilization_percentage", PARAM_NUMBER, AT(knative.target_utilization_percentage), 70,
     1, 100, "average concurrency that a runner is to have, percent of max_multiplexing (A3)",
     NULL},
    {"max_scale_up_rate", PARAM_NUMBER, AT(knative.max_scale_up_rate), 1000, 1.01, 1e6,
     "most runners wanted, as a multiple of the ready ones, rounded up (A3)", NULL},
    {"max_scale_down_rate", PARAM_NUMBER, AT(knative.max_scale_down_rate), 2, 1.01, 1e6,
     "fewest runners wanted: the ready ones divided by this, rounded down (A3)", NULL},
    {"enable_scale_to_zero", PARAM_FLAG, AT(knative.enable_scale_to_zero), 1, 0, 1,
     "without it one runner stays (A3)", NULL},
    {"scale_to_zero_grace_period", PARAM_TIME, AT(knative.scale_to_zero_grace_period), 30, 0, 3600,
     "the last runner stays so long after an empty stable window (A3)", NULL},
    {"scale_down_delay", PARAM_TIME, AT(knative.scale_down_delay), 0, 0, 3600,
     "the most wanted within this time counts, in whole ticks (A3)", NULL},
    {"activation_scale", PARAM_COUNT, AT(knative.activation_scale), 1, 1, 1e5,
     "runners wanted at least when any are (A3)", NULL},
    {"drain_busy", PARAM_FLAG, AT(knative.drain_busy), 0, 0, 1,
     "too many runners, all busy: the oldest ones drain with the grace period, as pods do; else "
     "each stays until it is idle (A3)",
     NULL},
    {0},
};

const struct param oracle_params[] = {
    {"lookahead", PARAM_TIME, AT(oracle.lookahead), 3600, 1, 1e6,
     "how far it sees; a start that takes longer comes late (A3)", NULL},
    {0},
};
#undef AT

#define AT(field) offsetof(struct traffic_config, field)
const struct param traffic_params[] = {
    {"path", PARAM_CHOICE, AT(path), PATH_QUEUE, 0, 3,
     "queue: kept until done, retried; direct, stream: held on the connection, not retried; "
     "websocket: a session of the service time, and start_timeout and priority have no effect (Q1)",
     request_path_names},
    {"priority", PARAM_CHOICE, AT(priority), PRIORITY_NORMAL, 0, 1,
     "low is served only when no normal request waits (Q2)", priority_names},
    {"from", PARAM_TIME, AT(from), 0, 0, 9e9, "the source is silent before this time", NULL},
    {"until", PARAM_TIME, AT(until), NEVER, 0, NEVER, "the source is silent from this time on",
     NULL},
    {"start_timeout", PARAM_TIME, AT(start_timeout), NEVER, 0, NEVER,
     "a request that has not started by then, from submission, fails with 504; "
     "0s: it never waits (Q4)",
     NULL},
    {"max_attempts", PARAM_COUNT, AT(max_attempts), 10, 1, 10,
     "attempts of a request on the queue path (Q1)", NULL},
    {"hints", PARAM_COUNT, AT(hints), 0, 0, 1e6,
     "distinct sticky keys; each request has one of them, at random, or by the hash of its trace's "
     "key (then 65536 by default); for dispatch hint (Q8)",
     NULL},
    {"no_retry", PARAM_FLAG, AT(no_retry), 0, 0, 1,
     "the caller forbids retries, whatever the app says (Q3)", NULL},
    {0},
};
#undef AT

#define AT(field) offsetof(struct platform_config, field)
const struct param platform_params[] = {
    {"capacity_wakeup", PARAM_FLAG, AT(capacity_wakeup), 1, 0, 1,
     "a start that waits for room goes on at once when room frees up (M3)", NULL},
    {"capacity_retry", PARAM_TIME, AT(capacity_retry), 20, 0.001, 86400,
     "without capacity_wakeup a start looks for room again after this time (M3)", NULL},
    {"unused_runner_timeout", PARAM_TIME, AT(unused_runner_timeout), 10, 0, NEVER,
     "a new runner that got no request stops after this, when neither min_concurrency nor a buffer "
     "is "
     "set; never: keep_alive counts instead (P4)",
     NULL},
    {"crash_backoff", PARAM_TIME, AT(crash_backoff), 30, 0, 86400,
     "added to the delay of later starts by each failed start (P5)", NULL},
    {"crash_backoff_max", PARAM_TIME, AT(crash_backoff_max), 600, 0, 86400,
     "longest delay of a start after failed ones (P5)", NULL},
    {"retry_base", PARAM_TIME, AT(retry_base), 1, 0, 86400,
     "wait before the first retry of a request; doubles each time (Q5)", NULL},
    {"retry_max", PARAM_TIME, AT(retry_max), 30, 0, 86400, "longest wait before a retry (Q5)",
     NULL},
    {"retry_jitter", PARAM_NUMBER, AT(retry_jitter), 0.5, 0, 1,
     "random share by which the wait before a retry varies, up and down (Q5)", NULL},
    {"billing_granularity", PARAM_CHOICE, AT(billing_granularity), BILLING_EXACT, 0, 1,
     "exact, or 1s: the billed life of a runner is rounded up to whole seconds at its end (C2)",
     billing_granularity_names},
    {0},
};
#undef AT

#define AT(field) offsetof(struct limits_config, field)
const struct param limits_params[] = {
    {"runners", PARAM_COUNT, AT(runners), 262144, 1, 1048576,
     "runners alive at once in one replication", NULL},
    {"requests", PARAM_COUNT, AT(requests), 1048576, 1, 4194304,
     "requests in the system at once in one replication", NULL},
    {"events", PARAM_COUNT, AT(events), 2097152, 16, 4194304,
     "events pending at once in one replication", NULL},
    {0},
};
#undef AT

#define AT(field) offsetof(struct rollout_settings, field)
const struct param rollout_params[] = {
    {"detach", PARAM_FLAG, AT(detach), 0, 0, 1,
     "rolling: the alias moves first, the new revision takes traffic while its runners start, and "
     "a "
     "failed start is not rolled back (R3)",
     NULL},
    {"verify_attempts", PARAM_COUNT, AT(verify_attempts), 1, 1, 1000,
     "failed starts of the new revision that abort the rollout before its switch: rolling, "
     "blue_green, "
     "canary (R2)",
     NULL},
    {"drain_old", PARAM_CHOICE, AT(drain_old), DRAIN_OLD_ALL, 0, 1,
     "rolling, after the switch: the old runners drain all at once, or one for each new one that "
     "is "
     "ready, and as many new ones are started (R2)",
     drain_old_names},
    {"abort_above", PARAM_NUMBER, AT(abort_above), 0.05, 0, 1,
     "canary: it rolls back when a larger share of the attempts on the new revision has failed "
     "(R5)",
     NULL},
    {"abort_min_requests", PARAM_COUNT, AT(abort_min_requests), 20, 1, 1e9,
     "canary: it rolls back only once so many attempts have ended on the new revision (R5)", NULL},
    {0},
};
