#include "bench/output/section.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct section_metric downtime[] = {
    {"unserved_time_s", "unserved time"},
    {"unserved_spells", "unserved spells"},
    {"unserved_max_s", "longest unserved spell"},
    {"no_runner_time_s", "no ready runner"},
    {"outage_mean_s", "unserved spell, mean"},
    {"outage_s", "unserved spell"},
    {"interruptions_per_30d", "unserved spells in 30 days"},
    {"request_success_ratio", "requests that succeeded"},
    {"good_ratio", "started in time"},
    {"failed_requests", "requests that failed"},
    {"late_requests", "requests that started late"},
    {"interval_availability", "interval availability"},
    {"bad_intervals", "bad intervals"},
    {"user_uptime", "user uptime"},
    {"user_uptime_mcr", "user uptime, worst"},
    {"capacity_shortfall_ratio", "capacity shortfall"},
    {"error_budget_spent", "error budget spent"},
    {"peak_burn", "peak burn rate"},
    {"burn_alert", "burn alert fired"},
    {"burn_alert_s", "burn alert fired after"},
    {"killed_in_flight", "killed in flight"},
    {"mixed_version_time_s", "two revisions serving"},
    {NULL, NULL},
};

static const struct section_metric service[] = {
    {"arrivals", "requests submitted"},
    {"requests", "requests"},
    {"attempts_retried", "attempts retried"},
    {"requests_postponed", "requests put back by a limit"},
    {"cold_start_ratio", "cold starts, of served"},
    {"cold_starts", "cold starts of requests"},
    {"waiting_s", "time waited by all"},
    {"cold_label_ratio", "as cold as recorded, of labelled"},
    {"wait_mean_s", "wait, mean"},
    {"wait_priority_mean_s", "wait, mean by priority"},
    {"wait_s", "wait"},
    {"response_mean_s", "response, mean"},
    {"response_priority_mean_s", "response, mean by priority"},
    {"response_s", "response"},
    {"queue_length_mean", "queue length, mean"},
    {"queue_length_max", "queue length, max"},
    {"in_flight_mean", "requests in flight, mean"},
    {NULL, NULL},
};

static const struct section_metric cost[] = {
    {"cost_usd", "cost"},
    {"cost_per_request_usd", "cost of 1,000 requests"},
    {"cost_idle_usd", "cost of idleness"},
    {"cost_state_usd", "cost in state"},
    {"cost_machine_usd", "cost on machine"},
    {"cost_revision_usd", "cost of revision"},
    {"cost_caller_usd", "paid by caller"},
    {"cost_surge_usd", "cost of price windows"},
    {"caller_revenue_usd", "revenue from callers"},
    {"caller_revenue_mode_usd", "revenue from callers under"},
    {"billed_s", "billed time"},
    {NULL, NULL},
};

static const struct section_metric modes[] = {
    {"cost_mode_usd", "cost under"},
    {NULL, NULL},
};

static const struct section_metric capacity[] = {
    {"machine_utilisation", "busy, of capacity"},
    {"machine_allocated_ratio", "held, of capacity"},
    {"machine_busy_ratio", "busy, of held"},
    {"machine_capacity_s", "capacity"},
    {"machine_s", "machine time"},
    {"slot_utilisation", "slots in use, of ready"},
    {"billed_busy_ratio", "busy, of billed time"},
    {NULL, NULL},
};

static const struct section_metric runners[] = {
    {"runners_mean", "runners"},
    {"runners_max", "runners, most at once"},
    {"runner_starts", "starts"},
    {"runner_starts_failed", "starts that failed"},
    {"runner_stops", "stops"},
    {"runner_life_mean_s", "life of a runner, mean"},
    {"cold_start_mean_s", "cold start, mean"},
    {"cold_start_s", "cold start"},
    {"setup_step_s", "setup step"},
    {NULL, NULL},
};

static const struct section_metric rollouts[] = {
    {"rollout_outcome", "ended"},
    {"rollout_switch_s", "until the switch"},
    {"rollout_first_ready_s", "until first new one ready"},
    {"rollout_capacity_restored_s", "until capacity was back"},
    {"rollout_old_gone_s", "until old ones gone"},
    {"rollout_stalled_s", "stalled for capacity"},
    {"rollout_unserved_s", "unserved time"},
    {"rollout_failed_requests", "requests that failed"},
    {"rollout_killed_in_flight", "killed in flight"},
    {"rollout_mixed_version_s", "two revisions serving"},
    {"rollout_error_budget_spent", "error budget spent"},
    {"rollouts_per_budget", "such rollouts in a budget"},
    {"rollout_alert_s", "until a burn alert fired"},
    {"rollout_surge_s", "surge, billed time"},
    {"rollout_surge_usd", "surge, cost"},
    {NULL, NULL},
};

// What the rollouts of a run cost beyond the same run without them.
static const struct section_metric excess[] = {
    {"excess_unserved_time_s", "extra unserved time"},
    {"excess_failed_requests", "extra requests that failed"},
    {"excess_late_requests", "extra requests that started late"},
    {"excess_wait_s", "extra time waited by all"},
    {"excess_cold_starts", "extra cold starts of requests"},
    {"excess_cost_usd", "extra cost"},
    {"recovery_time_s", "until backlog recovered"},
    {NULL, NULL},
};

const struct section sections[] = {
    {"Downtime", downtime, false}, {"Service", service, false},
    {"Cost", cost, false},         {"Auth modes", modes, true},
    {"Capacity", capacity, false}, {"Runners", runners, false},
    {"Rollouts", rollouts, false}, {"Against no rollouts", excess, false},
    {"Other", NULL, false},        {NULL, NULL, false},
};

static const struct section_metric *find_in(const struct section_metric *list, const char *metric)
{
    for (; list && list->metric; list++)
        if (strcmp(list->metric, metric) == 0) return list;
    return NULL;
}

static const struct section_metric *find(const char *metric)
{
    const struct section_metric *found = NULL;
    for (const struct section *s = sections; s->title && !found; s++)
        found = find_in(s->metrics, metric);
    return found;
}

const char *section_metric_name(const struct metric *metric)
{
    const struct section_metric *found = find(metric->name);
    return found ? found->name : metric->name;
}

bool section_has(const struct section *section, const struct column *column)
{
    const char *metric = column->metric->name;
    return section->metrics ? find_in(section->metrics, metric) != NULL : find(metric) == NULL;
}

double section_scale(const struct metric *metric)
{
    if (strcmp(metric->name, "cost_per_request_usd") == 0) return 1000;
    return strcmp(metric->unit, "1") == 0 ? 100 : 1;
}

static bool in_heading(enum label label)
{
    return label == LABEL_APP || label == LABEL_MACHINE_TYPE || label == LABEL_ROLLOUT;
}

static void append(char *buffer, size_t size, const char *before, const char *text)
{
    size_t used = strlen(buffer);
    snprintf(buffer + used, size - used, "%s%s", before, text);
}

// "0.999" is p99.9; "max" stays.
static void append_quantile(char *buffer, size_t size, const char *quantile)
{
    char text[32], *end;
    double q = strtod(quantile, &end);
    bool number = end != quantile && *end == '\0';
    if (number) snprintf(text, sizeof text, "p%.6g", q * 100);
    append(buffer, size, ", ", number ? text : quantile);
}

const char *section_name(const struct column *column, char *buffer, size_t size)
{
    buffer[0] = '\0';
    append(buffer, size, "", section_metric_name(column->metric));
    for (int i = 0; i < LABELS; i++) {
        if (!column->labels[i] || in_heading((enum label)i)) continue;
        if (i == LABEL_QUANTILE)
            append_quantile(buffer, size, column->labels[i]);
        else
            append(buffer, size, ", ", column->labels[i]);
    }
    return buffer;
}

const char *section_label(const struct column *column, char *buffer, size_t size)
{
    const char *unit = column->metric->unit;
    section_name(column, buffer, size);
    if (strcmp(unit, "s") == 0) append(buffer, size, ", ", "s");
    if (strcmp(unit, "1") == 0) append(buffer, size, ", ", "%");
    if (strcmp(unit, "usd") == 0) append(buffer, size, ", ", "$");
    return buffer;
}

const char *section_subject(const struct column *column, char *buffer, size_t size)
{
    buffer[0] = '\0';
    for (int i = 0; i < LABELS; i++) {
        if (!column->labels[i] || !in_heading((enum label)i)) continue;
        append(buffer, size, buffer[0] ? ", " : "", i == LABEL_ROLLOUT ? "rollout " : "");
        append(buffer, size, "", column->labels[i]);
    }
    return buffer;
}
