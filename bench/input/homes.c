#include "bench/input/homes.h"

#include <stddef.h>
#include <string.h>

#include "models/config.h"

static const struct {
    const struct param *table;
    const char *place;
} tables[] = {
    {scaling_params, "/apps/NAME"},
    {revision_params, "/apps/NAME"},
    {health_params, "/apps/NAME/health_check"},
    {app_params, "/apps/NAME"},
    {traffic_params, "/apps/NAME/traffic/N"},
    {machine_params, "/machine_types/NAME"},
    {platform_params, "/platform"},
    {limits_params, "/limits"},
    {downtime_params, "/downtime"},
    {rollout_params, "/timeline/N/deploy"},
};

static const struct {
    const char *key, *place;
} singles[] = {
    {"title", "/"},
    {"question", "/"},
    {"defaults", "/"},
    {"seed", "/"},
    {"horizon", "/"},
    {"warm_up", "/"},
    {"series_step", "/"},
    {"replications", "/"},
    {"platform", "/"},
    {"limits", "/"},
    {"machine_types", "/"},
    {"apps", "/"},
    {"timeline", "/"},
    {"compare", "/"},
    {"downtime", "/"},
    {"twin", "/"},
    {"expect", "/"},
    {"price_usd_per_s", "/machine_types/NAME"},
    {"price_usd_per_h", "/machine_types/NAME"},
    {"capacity", "/machine_types/NAME"},
    {"machine_type", "/apps/NAME"},
    {"docker_pull", "/apps/NAME"},
    {"valid_regions", "/apps/NAME"},
    {"health_check", "/apps/NAME"},
    {"nodes", "/apps/NAME/docker_pull"},
    {"ladder", "/apps/NAME/setup"},
    {"step", "/apps/NAME/setup/ladder/N"},
    {"size_gb", "/apps/NAME/setup/ladder/N"},
    {"tier", "/apps/NAME/setup/ladder/N"},
    {"tiers", "/platform"},
    {"prices", "/"},
    {"surge", "/machine_types/NAME"},
    {"factor", "/machine_types/NAME/surge/N"},
    {"billable_units", "/apps/NAME/traffic/N"},
    {"maintenance", "/timeline/N"},
    {"notice", "/timeline/N/maintenance"},
    {"evict", "/timeline/N/capacity"},
    {"region", "/timeline/N/capacity or /timeline/N/maintenance"},
    {"responses", "/apps/NAME"},
    {"autoscaler", "/apps/NAME"},
    {"dispatch", "/apps/NAME"},
    {"endpoints", "/apps/NAME"},
    {"retry", "/apps/NAME"},
    {"skip_retry_conditions", "/apps/NAME"},
    {"slowdown", "/apps/NAME"},
    {"traffic", "/apps/NAME"},
    {"cached", "/apps/NAME/docker_pull"},
    {"caller", "/apps/NAME/traffic/N"},
    {"service", "/apps/NAME/traffic/N"},
    {"cold_service", "/apps/NAME/traffic/N"},
    {"poisson", "/apps/NAME/traffic/N"},
    {"renewal", "/apps/NAME/traffic/N"},
    {"piecewise_constant", "/apps/NAME/traffic/N"},
    {"trace", "/apps/NAME/traffic/N"},
    {"closed_loop", "/apps/NAME/traffic/N"},
    {"batch", "/apps/NAME/traffic/N"},
    {"endpoint", "/apps/NAME/traffic/N"},
    {"cancel_after", "/apps/NAME/traffic/N"},
    {"rate_per_s", "/apps/NAME/traffic/N/poisson"},
    {"strategy", "/timeline/N/deploy"},
    {"min_ready", "/timeline/N/deploy"},
    {"reset_scale", "/timeline/N/deploy"},
    {"max_surge", "/timeline/N/deploy"},
    {"max_unavailable", "/timeline/N/deploy"},
    {"steps", "/timeline/N/deploy"},
    {"weight", "/timeline/N/deploy/steps/N"},
    {"for", "/timeline/N/deploy/steps/N"},
    {"to", "/timeline/N/rollback"},
    {"force", "/timeline/N/restart"},
    {"change", "/timeline/N/deploy"},
    {"deploy", "/timeline/N"},
    {"scale", "/timeline/N"},
    {"flush", "/timeline/N"},
    {"callers", "/"},
    {"concurrency_limit", "/callers/NAME"},
    {"restart", "/timeline/N"},
    {"rollback", "/timeline/N"},
    {"kill", "/timeline/N"},
    {"metric", "/expect/N"},
    {"alternative", "/expect/N"},
};

const char *homes_of(const char *key)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct param *param = tables[i].table; param->key; param++)
            if (strcmp(param->key, key) == 0) return tables[i].place;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        if (strcmp(singles[i].key, key) == 0) return singles[i].place;
    return NULL;
}
