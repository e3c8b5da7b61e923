#include "bench/input/scenario_parts.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/duration.h"
#include "bench/input/policies.h"
#include "bench/input/scenario_callers.h"
#include "bench/input/scenario_doubts.h"

enum { BINS = 480, BINS_MAX = 100000 }; // of a time series, by default and at most

static void read_title(struct parts *parts, struct object *top)
{
    const cJSON *node = object_require(top, "title");
    const char *title = node ? reader_text(&parts->reader, node) : NULL;
    parts->config->title = title ? title : "";
}

// R8: what a deploy without a strategy does.
static void read_defaults(struct parts *parts, struct object *top)
{
    static const char *const choices[] = {"seed", "current", NULL};
    static const char *const strategies[] = {"recreate", "rolling"};
    const cJSON *node = object_find(top, "defaults");
    uint32_t choice = 0;
    if (node) reader_choice(&parts->reader, node, choices, &choice);
    const char *const *names = policies_rollout(parts->reader.arena);
    for (uint32_t i = 0; names[i]; i++)
        if (strcmp(names[i], strategies[choice]) == 0) parts->strategy = i;
}

// The smallest round step that cuts the horizon into at most BINS bins.
static sim_time default_step(sim_time horizon)
{
    static const char *const steps[] = {
        "1ms", "2ms", "5ms", "10ms", "20ms", "50ms", "100ms", "200ms", "500ms", "1s",
        "2s",  "5s",  "10s", "15s",  "30s",  "1m",   "2m",    "5m",    "10m",   "15m",
        "30m", "1h",  "2h",  "6h",   "12h",  "1d",   "7d",    "30d",   "365d"};
    sim_time step = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        duration_parse(steps[i], &step);
        if (horizon / step < BINS || (horizon / step == BINS && horizon % step == 0)) break;
    }
    return step;
}

static void read_step(struct parts *parts, struct object *top)
{
    static const struct time_range range = {0, SECONDS_MAX};
    struct scenario_config *config = parts->config;
    config->series_step = default_step(config->horizon);
    const cJSON *node = json_child(top->node, "series_step");
    if (!object_time(top, "series_step", range, &config->series_step)) return;
    sim_time step = config->series_step;
    if (config->horizon == SIM_NEVER) return; // reported
    if (step > 0 && (step < SIM_SECOND / 1000 || config->horizon / step > BINS_MAX) && node)
        reader_error(&parts->reader, node, CODE_RANGE,
                     "0s, or at least 1ms and a 100000th of the horizon", NULL);
}

static void read_times(struct parts *parts, struct object *top)
{
    static const struct time_range run = {0.001, 1e9}, part = {0, 1e9};
    struct scenario_config *config = parts->config;
    const struct reader *reader = &parts->reader;
    object_require_timed(top, "horizon");
    if (!object_time(top, "horizon", run, &config->horizon)) config->horizon = SIM_NEVER;
    const cJSON *warm_up = object_find_timed(top, "warm_up");
    parts->warm_up_auto = cJSON_IsString(warm_up) && strcmp(warm_up->string, "warm_up") == 0 &&
                          strcmp(warm_up->valuestring, "auto") == 0;
    if (!parts->warm_up_auto) object_time(top, "warm_up", part, &config->warm_up);
    if (warm_up && config->warm_up >= config->horizon)
        reader_error(reader, warm_up, CODE_CONTRADICTION, "a warm-up shorter than the horizon",
                     NULL);
    read_step(parts, top);
}

// Which published prices the catalogue shows; a scenario's own prices hold in any case.
static void read_prices(struct parts *parts, struct object *top)
{
    static const char *const choices[] = {"list", "committed", NULL};
    const cJSON *node = object_find(top, "prices");
    uint32_t choice = 0;
    if (node) reader_choice(&parts->reader, node, choices, &choice);
    parts->config->prices = choices[choice];
}

// A delay that grows must not begin above its own cap.
static void check_cap(struct parts *parts, const struct object *platform, const char *key,
                      const char *cap, sim_time delay, sim_time most)
{
    const struct reader *reader = &parts->reader;
    const char *at_fault = object_has(platform, key) ? key : cap;
    const cJSON *node = json_child(platform->node, at_fault);
    char text[DURATION_TEXT];
    if (delay <= most) return;
    if (!node) node = json_child(platform->node, diag_format(reader->diag, "%s_s", at_fault));
    duration_text(sim_seconds(at_fault == key ? most : delay), text);
    reader_error(reader, node, CODE_CONTRADICTION,
                 diag_format(reader->diag, "%s not %s %s (%s)", at_fault,
                             at_fault == key ? "above" : "below", at_fault == key ? cap : key,
                             text),
                 NULL);
}

static void read_tables(struct parts *parts, struct object *top)
{
    const struct platform_config *p = &parts->config->platform;
    struct object platform =
        object_open(&parts->reader, object_find(top, "platform"), &keys_platform);
    object_table(&platform, platform_params, &parts->config->platform);
    scenario_tiers_read(parts, object_find(&platform, "tiers"));
    check_cap(parts, &platform, "crash_backoff", "crash_backoff_max", p->crash_backoff,
              p->crash_backoff_max);
    check_cap(parts, &platform, "retry_base", "retry_max", p->retry_base, p->retry_max);
    object_close(&platform);
    struct object limits = object_open(&parts->reader, object_find(top, "limits"), &keys_limits);
    object_table(&limits, limits_params, &parts->config->limits);
    object_close(&limits);
}

void scenario_parts_read(struct parts *parts, struct object *top)
{
    size_t errors = diag_reports(parts->reader.diag);
    read_title(parts, top);
    read_defaults(parts, top);
    read_times(parts, top);
    read_tables(parts, top);
    read_prices(parts, top);
    scenario_machines_read(parts, object_find(top, "machine_types"));
    scenario_apps_read(parts, object_require(top, "apps"));
    const cJSON *callers = object_find(top, "callers");
    scenario_callers_read(parts, callers);
    scenario_traffic_read(parts);
    scenario_callers_check(parts, callers);
    scenario_timeline_read(parts, object_find(top, "timeline"));
    scenario_autoscaler_check(parts);
    scenario_capacity_check(parts);
    if (diag_reports(parts->reader.diag) == errors) scenario_doubts_check(parts, top->node);
}

void scenario_parts_close(struct parts *parts)
{
    for (uint32_t i = 0; i < parts->tree_count; i++)
        cJSON_Delete(parts->trees[i]);
    parts->tree_count = 0;
}

void scenario_parts_too_many(struct parts *parts, const cJSON *node, uint32_t limit,
                             const char *what)
{
    reader_key_error(&parts->reader, node, CODE_TOO_MANY,
                     diag_format(parts->reader.diag, "at most %u %s", (unsigned)limit, what),
                     "more", NULL);
}
