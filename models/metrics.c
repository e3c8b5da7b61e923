#include "models/metrics.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const char *const label_names[] = {
    "app",     "revision", "machine_type", "auth_mode", "payer",    "caller", "state",
    "outcome", "quantile", "rollout",      "region",    "priority", NULL};

#define LOW BETTER_LOWER
#define HIGH BETTER_HIGHER
#define PLAIN BETTER_NEITHER

const struct metric metrics[] = {
    // Downtime.
    {"unserved_time_s", "s", LOW,
     "time in which requests waited, or were refused, and no runner of the routed revision was "
     "ready"},
    {"unserved_spells", "count", LOW, "how many separate times of unserved_time_s there were"},
    {"unserved_max_s", "s", LOW, "the longest time of unserved_time_s without a break"},
    {"no_runner_time_s", "s", LOW,
     "time without a ready runner of the routed revision, with or without demand"},
    {"request_success_ratio", "1", HIGH,
     "requests that succeeded, of those that ended and were not the caller's own error"},
    {"good_ratio", "1", HIGH,
     "requests that succeeded and started within good_within, of the same as "
     "request_success_ratio"},
    {"interval_availability", "1", HIGH,
     "mean over 5-minute intervals of the success ratio in each; an interval without requests "
     "counts 1"},
    {"killed_in_flight", "count", LOW, "attempts cut because their runner was stopped or killed"},
    {"mixed_version_time_s", "s", PLAIN,
     "time in which runners of two revisions were serving requests"},
    // Service.
    {"arrivals", "count", PLAIN, "requests submitted"},
    {"requests", "count", PLAIN, "requests by how they ended"},
    {"attempts_retried", "count", LOW, "attempts that failed and were queued again"},
    {"requests_postponed", "count", LOW,
     "times that a queue request could have started and its caller's limit put it back (Q9)"},
    {"cold_start_ratio", "1", LOW,
     "served requests that were the first of a runner which became ready after they were "
     "submitted"},
    {"cold_label_ratio", "1", HIGH,
     "requests that are cold, or not, as their trace says, of those whose first attempt began "
     "(T2)"},
    {"wait_mean_s", "s", LOW,
     "from submission to the start of the last attempt, requests that succeeded"},
    {"wait_s", "s", LOW,
     "from submission to the start of the last attempt, quantiles (relative error 0.4 %)"},
    {"response_mean_s", "s", LOW, "from submission to the end, requests that succeeded"},
    {"wait_priority_mean_s", "s", LOW,
     "wait_mean_s by priority, for apps with requests of low priority (Q2)"},
    {"response_priority_mean_s", "s", LOW,
     "response_mean_s by priority, for apps with requests of low priority (Q2)"},
    {"response_s", "s", LOW, "from submission to the end, quantiles (relative error 0.4 %)"},
    {"queue_length_mean", "requests", LOW, "requests waiting, mean over time"},
    {"queue_length_max", "requests", LOW, "requests waiting, most at once"},
    {"in_flight_mean", "requests", PLAIN, "requests being served, mean over time"},
    // Runners.
    {"runners_mean", "runners", PLAIN, "runners in a state, mean over time"},
    {"runners_max", "runners", PLAIN, "runners alive, most at once"},
    {"runner_starts", "count", PLAIN, "runners asked for"},
    {"runner_starts_failed", "count", LOW, "starts that crashed or passed startup_timeout"},
    {"runner_stops", "count", PLAIN, "runners stopped, by reason"},
    {"runner_life_mean_s", "s", PLAIN, "from the request for a runner to its end, ended runners"},
    {"cold_start_mean_s", "s", LOW, "from the request for a runner until it is ready"},
    {"cold_start_s", "s", LOW,
     "from the request for a runner until it is ready, quantiles (relative error 0.4 %)"},
    {"setup_step_s", "s", LOW,
     "time of a rung of the setup ladder, mean over the setups that reached it, startup_timeout "
     "counted"},
    // Money.
    {"cost_usd", "usd", LOW, "money by payer; the three add up to billed seconds x rate (C5)"},
    {"cost_mode_usd", "usd", LOW, "money of this run priced under each auth mode, by payer (C4)"},
    {"cost_per_request_usd", "usd", LOW, "all cost, whoever pays, over requests that succeeded"},
    {"cost_state_usd", "usd", LOW, "cost by the runner's state"},
    {"cost_idle_usd", "usd", LOW, "cost of billed runner seconds that no request covers"},
    {"cost_machine_usd", "usd", LOW, "cost by machine type"},
    {"cost_revision_usd", "usd", LOW, "cost by revision"},
    {"cost_caller_usd", "usd", LOW, "what each caller pays in shared mode"},
    {"cost_surge_usd", "usd", LOW,
     "part of the cost that price windows add to the rate, by app and by machine type; in "
     "cost_state_usd "
     "a state of its own"},
    {"caller_revenue_usd", "usd", PLAIN,
     "what callers pay in shared mode, for apps with billable units: units x price where they pay "
     "so, "
     "else their part of cost_usd"},
    {"caller_revenue_mode_usd", "usd", PLAIN,
     "caller_revenue_usd of the same run under each auth mode (C4)"},
    {"billed_s", "s", LOW, "billed runner seconds by state"},
    // Capacity.
    {"slot_utilisation", "1", HIGH, "requests in flight over the slots of ready runners"},
    {"billed_busy_ratio", "1", HIGH,
     "billed runner seconds with a request in flight, of all billed"},
    {"machine_s", "s", PLAIN, "machine-seconds (GPU-seconds for GPU types) by use"},
    {"machine_capacity_s", "s", PLAIN, "machine-seconds that there are; undefined when unlimited"},
    {"machine_utilisation", "1", HIGH,
     "busy machine-seconds over capacity; undefined when unlimited"},
    {"machine_allocated_ratio", "1", PLAIN,
     "machine-seconds held by runners over capacity; undefined when unlimited"},
    {"machine_busy_ratio", "1", HIGH, "busy machine-seconds over those held by runners"},
    // Rollouts.
    {"rollout_switch_s", "s", LOW,
     "from the deploy to the switch of the alias; undefined without one, as for a restart"},
    {"rollout_first_ready_s", "s", LOW,
     "from the deploy to the first ready runner of the new revision"},
    {"rollout_old_gone_s", "s", LOW, "from the deploy until no runner of the old revision is left"},
    {"rollout_outcome", "1", PLAIN,
     "1 for how the rollout ended: completed, aborted, superseded, stalled, unfinished"},
    {"rollout_stalled_s", "s", LOW,
     "runner time in which starts of the new revision waited for capacity"},
    {"rollout_unserved_s", "s", LOW,
     "unserved_time_s from this deploy to the next, or to the end; of a restart: until it is over"},
    {"rollout_surge_s", "s", LOW,
     "billed seconds of the new revision before the switch and of the old one after it; "
     "undefined for a restart"},
    {"rollout_surge_usd", "usd", LOW, "cost of rollout_surge_s"},
    // Time series: one value for each bin.
    {"series_runners", "runners", PLAIN, "runners in a state, mean over the bin"},
    {"series_queue_length", "requests", PLAIN, "requests waiting, mean over the bin"},
    {"series_in_flight", "requests", PLAIN, "requests being served, mean over the bin"},
    {"series_wait_mean_s", "s", PLAIN, "waits of attempts that started in the bin, mean"},
    {"series_wait_max_s", "s", PLAIN, "waits of attempts that started in the bin, longest"},
    {"series_arrivals_per_s", "1/s", PLAIN, "requests submitted in the bin, per second"},
    {"series_machines", "machines", PLAIN, "machines (GPUs) by use, mean over the bin"},
    {"series_cost_usd", "usd", PLAIN,
     "money by payer, from the end of warm-up to the end of the bin"},
    {.name = NULL},
};

const struct metric *metric_find(const char *name)
{
    for (const struct metric *m = metrics; m->name; m++)
        if (strcmp(m->name, name) == 0) return m;
    return NULL;
}

bool metric_is_signed(const struct metric *metric)
{
    return strncmp(metric->name, "excess_", 7) == 0;
}

static bool has_end(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

bool metric_is_share(const struct metric *metric)
{
    static const char *const ends[] = {"ratio", "availability", "utilisation", "uptime"};
    if (!metric->unit || strcmp(metric->unit, "1") != 0 || metric_is_signed(metric)) return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (has_end(metric->name, ends[i])) return true;
    return false;
}

double metric_perfect(const struct metric *metric)
{
    if (metric->better == BETTER_LOWER && !metric_is_signed(metric)) return 0;
    return metric->better == BETTER_HIGHER && metric_is_share(metric) ? 1 : NAN;
}
