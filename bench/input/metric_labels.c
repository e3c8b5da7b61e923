#include "bench/input/metric_labels.h"

#include <stddef.h>
#include <string.h>

#define BY(label) (1u << LABEL_##label)
#define PLACE (BY(MACHINE_TYPE) | BY(REGION))

// What is not in here is about an app and nothing else.
static const struct {
    const char *metric;
    uint32_t labels;
} rows[] = {
    {"outage_s", BY(APP) | BY(QUANTILE)},
    {"user_uptime_mcr", BY(APP) | BY(WINDOW)},
    {"peak_burn", BY(APP) | BY(WINDOW)},
    {"burn_alert", BY(APP) | BY(WINDOW)},
    {"burn_alert_s", BY(APP) | BY(WINDOW)},
    {"requests", BY(APP) | BY(OUTCOME)},
    {"wait_s", BY(APP) | BY(QUANTILE)},
    {"response_s", BY(APP) | BY(QUANTILE)},
    {"cold_start_s", BY(APP) | BY(QUANTILE)},
    {"runners_mean", BY(APP) | BY(STATE)},
    {"runner_stops", BY(APP) | BY(OUTCOME)},
    {"setup_step_s", BY(APP) | BY(STATE)},
    {"cost_usd", BY(APP) | BY(PAYER)},
    {"cost_mode_usd", BY(APP) | BY(AUTH_MODE) | BY(PAYER)},
    {"cost_state_usd", BY(APP) | BY(STATE)},
    {"cost_machine_usd", PLACE},
    {"cost_revision_usd", BY(APP) | BY(REVISION)},
    {"cost_caller_usd", BY(APP) | BY(CALLER)},
    {"cost_surge_usd", BY(APP) | PLACE},
    {"caller_revenue_mode_usd", BY(APP) | BY(AUTH_MODE)},
    {"billed_s", BY(APP) | BY(STATE)},
    {"machine_s", PLACE | BY(STATE)},
    {"machine_capacity_s", PLACE},
    {"machine_utilisation", PLACE},
    {"machine_allocated_ratio", PLACE},
    {"machine_busy_ratio", PLACE},
    {"rollout_switch_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_first_ready_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_capacity_restored_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_old_gone_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_outcome", BY(APP) | BY(ROLLOUT) | BY(OUTCOME)},
    {"rollout_stalled_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_unserved_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_failed_requests", BY(APP) | BY(ROLLOUT)},
    {"rollout_killed_in_flight", BY(APP) | BY(ROLLOUT)},
    {"rollout_mixed_version_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_error_budget_spent", BY(APP) | BY(ROLLOUT)},
    {"rollouts_per_budget", BY(APP) | BY(ROLLOUT)},
    {"rollout_alert_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_surge_s", BY(APP) | BY(ROLLOUT)},
    {"rollout_surge_usd", BY(APP) | BY(ROLLOUT)},
    {"wait_priority_mean_s", BY(APP) | BY(PRIORITY)},
    {"response_priority_mean_s", BY(APP) | BY(PRIORITY)},
    {"excess_cost_usd", BY(APP) | BY(PAYER)},
    {"recovery_time_s", BY(APP) | BY(ROLLOUT)},
    {"series_runners", BY(APP) | BY(REVISION) | BY(STATE)},
    {"series_machines", PLACE | BY(STATE)},
    {"series_cost_usd", BY(PAYER)},
};

uint32_t metric_labels(const char *metric)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].metric, metric) == 0) return rows[i].labels;
    return BY(APP);
}

bool metric_has_label(const char *metric, enum label label)
{
    return (metric_labels(metric) >> label & 1) != 0;
}
