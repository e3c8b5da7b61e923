#include "models/metrics.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const char *const label_names[] = {"app",    "revision", "machine_type", "auth_mode", "payer",
                                   "caller", "state",    "outcome",      "quantile",  "rollout",
                                   "region", "priority", "window",       NULL};

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
    {"failed_requests", "count", LOW,
     "requests that ended without success and not by the caller's own error"},
    {"late_requests", "count", LOW, "requests that succeeded and started later than good_within"},
    {"interval_availability", "1", HIGH,
     "mean over intervals (downtime.interval, 5 minutes) of the success ratio in each; an interval "
     "without requests counts 1"},
    {"bad_intervals", "count", LOW,
     "intervals with a success ratio below downtime.bad_below and at least downtime.bad_requests "
     "requests"},
    {"interruptions_per_30d", "1/30d", LOW, "unserved_spells, for 30 days like the measured time"},
    {"outage_mean_s", "s", LOW, "length of an unserved spell, mean; undefined without one"},
    {"outage_s", "s", LOW,
     "length of an unserved spell, median and 0.95 quantile (relative error 0.4 %)"},
    {"capacity_shortfall_ratio", "1", LOW,
     "runners that the requests in flight and waiting would fill, up to max_concurrency: the part "
     "of them that was not ready, over time"},
    {"user_uptime", "1", HIGH,
     "time in which users saw the app up, of the time in which they were active: the time between "
     "two answers to a user counts as the earlier one was"},
    {"user_uptime_mcr", "1", HIGH,
     "user_uptime over the worst window of this length (minimum cumulative ratio)"},
    {"error_budget_spent", "1", LOW,
     "bad requests over those that downtime.slo allows for the same number of requests; above 1 "
     "the objective is missed"},
    {"peak_burn", "times", LOW,
     "burn rate over the worst window of this length: the share of bad requests over 1 - slo"},
    {"burn_alert", "1", LOW,
     "1 when the alert would have fired: over this window and a shorter one the error budget "
     "burned faster than 14.4 (1h), 6 (6h), 1 (3d) times"},
    {"burn_alert_s", "s", PLAIN,
     "from the end of the warm-up until the alert of this window first fired; undefined when it "
     "did not"},
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
    {"cold_starts", "count", LOW,
     "served requests that were the first of a runner which became ready after they were "
     "submitted"},
    {"cold_label_ratio", "1", HIGH,
     "requests that are cold, or not, as their trace says, of those whose first attempt began "
     "(T2)"},
    {"waiting_s", "s", LOW,
     "seconds that requests waited in the line, all together, whatever became of them"},
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
    {"rollout_capacity_restored_s", "s", LOW,
     "from the deploy until the new revision has as many ready runners as the old one had at the "
     "deploy; undefined when it never has, and for a restart"},
    {"rollout_old_gone_s", "s", LOW, "from the deploy until no runner of the old revision is left"},
    {"rollout_outcome", "1", PLAIN,
     "1 for how the rollout ended: completed, aborted, superseded, stalled, unfinished"},
    {"rollout_stalled_s", "s", LOW,
     "runner time in which starts of the new revision waited for capacity"},
    {"rollout_unserved_s", "s", LOW,
     "unserved_time_s from this rollout to the next of the app, or to the end"},
    {"rollout_failed_requests", "count", LOW,
     "failed_requests from this rollout to the next of the app, or to the end; with late_is_bad "
     "late_requests, too"},
    {"rollout_killed_in_flight", "count", LOW,
     "killed_in_flight from this rollout to the next of the app, or to the end"},
    {"rollout_mixed_version_s", "s", PLAIN,
     "mixed_version_time_s from this rollout to the next of the app, or to the end"},
    {"rollout_error_budget_spent", "1", LOW,
     "rollout_failed_requests over the bad requests that downtime.slo allows in "
     "downtime.budget_period, at the mean rate of requests of the measured time"},
    {"rollouts_per_budget", "count", HIGH,
     "how many rollouts like this one the error budget of downtime.budget_period pays for; "
     "undefined when this one spent nothing"},
    {"rollout_alert_s", "s", LOW,
     "from the rollout to the first alert of the error budget that began to fire before the next "
     "rollout; undefined when none did"},
    {"rollout_surge_s", "s", LOW,
     "billed seconds of the new revision before the switch and of the old one after it; "
     "undefined for a restart"},
    {"rollout_surge_usd", "usd", LOW, "cost of rollout_surge_s"},
    // A run minus the same run without its rollouts, on the same random numbers.
    {"excess_unserved_time_s", "s", LOW, "unserved_time_s minus that of the run without rollouts"},
    {"excess_failed_requests", "count", LOW,
     "failed_requests minus those of the run without rollouts"},
    {"excess_late_requests", "count", LOW, "late_requests minus those of the run without rollouts"},
    {"excess_wait_s", "s", LOW,
     "waiting_s minus that of the run without rollouts: the area between the two backlogs"},
    {"excess_cold_starts", "count", LOW, "cold_starts minus those of the run without rollouts"},
    {"excess_cost_usd", "usd", LOW, "cost_usd by payer minus that of the run without rollouts"},
    {"recovery_time_s", "s", LOW,
     "from the rollout until the app has no more requests waiting than without rollouts, and stays "
     "so for downtime.settle, also after the rollout is over; undefined when the next rollout or "
     "the horizon comes before"},
    // Time series: one value for each bin.
    {"series_runners", "runners", PLAIN, "runners in a state, mean over the bin"},
    {"series_queue_length", "requests", PLAIN, "requests waiting, mean over the bin"},
    {"series_twin_queue_length", "requests", PLAIN,
     "requests waiting in the run without rollouts, mean over the bin"},
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
    static const char *const ends[] = {"ratio",  "availability", "utilisation",
                                       "uptime", "uptime_mcr",   "alert"};
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
