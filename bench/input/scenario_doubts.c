#include "bench/input/scenario_doubts.h"

#include <stdio.h>
#include <string.h>

#include "bench/input/codes.h"
#include "models/auth.h"
#include "models/autoscaler.h"
#include "models/dispatch.h"

// The value under a key in either form, or NULL.
static const cJSON *given(const cJSON *node, const char *key)
{
    char seconds[64];
    const cJSON *value = json_child(node, key);
    if (value) return value;
    snprintf(seconds, sizeof seconds, "%s_s", key);
    return json_child(node, seconds);
}

static void no_effect(struct parts *parts, const cJSON *node, const char *why, const char *hint)
{
    if (!node || parts->compares) return;
    reader_warning(&parts->reader, node, CODE_WARN_UNUSED,
                   diag_format(parts->reader.diag, "no effect: %s", why), hint);
}

static bool is_zero(const struct dist *dist)
{
    return dist->kind == DIST_CONSTANT && dist->a == 0;
}

static const cJSON *traffic_of(const struct parts *parts, uint32_t app)
{
    return json_child(parts->app_parts[app].node, "traffic");
}

// Of a revision.

static bool answers_checked_error(const struct revision_config *r)
{
    for (uint32_t i = 0; i < r->response_count; i++) {
        uint32_t status = r->responses[i].status;
        if (status == 500 || status == 502 || status == 504) return true;
    }
    return !is_zero(&r->sick_after);
}

static void check_faults(struct parts *parts, const cJSON *node, const struct revision_config *r)
{
    if (is_zero(&r->sick_after))
        no_effect(parts, given(node, "sick_response"), "no runner ever falls sick",
                  "set \"sick_after\"");
    if (is_zero(&r->sick_after) || !r->has_health_check)
        no_effect(parts, given(node, "sick_asks_for_check"),
                  "no runner falls sick, or none is checked",
                  "set \"sick_after\" and \"health_check\"");
    if (!answers_checked_error(r))
        no_effect(parts, given(node, "health_check_failure"),
                  "the app never answers 500, 502 or 504", "\"responses\" says what it answers");
    if (r->response_count == 0)
        no_effect(parts, given(node, "fails_at"), "the app never answers with an error",
                  "\"responses\" says what it answers");
    if (r->image_nodes == 0 && r->first_in_region_factor == 1)
        no_effect(parts, given(node, "cache_lifetime"), "nothing depends on what is remembered",
                  "set \"first_in_region_factor\", or \"nodes\" of \"docker_pull\"");
}

// Is a time above its limit more often than not?
static bool passes(const struct dist *time, double factor, sim_time limit)
{
    return limit != SIM_NEVER && dist_cdf(time, sim_seconds(limit) / factor) < 0.5;
}

static void check_limits(struct parts *parts, const cJSON *node, const struct revision_config *r)
{
    const struct reader *reader = &parts->reader;
    const cJSON *teardown = given(node, "teardown"), *setup = given(node, "setup");
    if (teardown && passes(&r->teardown, 1, r->termination_grace_period))
        reader_warning(reader, teardown, CODE_WARN_CUT,
                       "teardown() is mostly longer than termination_grace_period, which cuts it",
                       NULL);
    if (setup && r->step_count == 0 && passes(&r->setup, 1, r->startup_timeout))
        reader_warning(reader, setup, CODE_WARN_CUT,
                       "setup() is mostly longer than startup_timeout: most starts fail", NULL);
}

static void check_revision(struct parts *parts, uint32_t app, uint32_t id)
{
    const struct revision_config *r = &parts->revisions[id];
    const cJSON *node = parts->revision_nodes[id];
    check_faults(parts, node, r);
    check_limits(parts, node, r);
    if (parts->apps[app].dispatch != DISPATCH_HINT)
        no_effect(parts, given(node, "hint_slots"), "the app's dispatch is not \"hint\"", NULL);
}

// Of an app.

static bool is_scaled(const struct parts *parts, uint32_t app)
{
    for (uint32_t i = 0; i < parts->config->timeline_count; i++)
        if (parts->timeline[i].kind == TIMELINE_SCALE && parts->timeline[i].app == app) return true;
    return false;
}

static void check_autoscaler(struct parts *parts, const cJSON *node, const struct app_config *app)
{
    static const char *const keys[] = {"min_concurrency",         "concurrency_buffer",
                                       "concurrency_buffer_perc", "scaling_delay",
                                       "autoscaler_buffer_mode",  "autoscaler_perc_of"};
    const struct autoscaler_policy *policy = autoscaler_policies[app->autoscaler];
    bool fixed = policy == &autoscaler_fixed;
    if (!fixed && policy != &autoscaler_lambda) return;
    const char *why =
        fixed ? "autoscaler \"fixed\" always wants max_concurrency runners"
              : "autoscaler \"lambda\" wants a runner for each request, up to max_concurrency";
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        no_effect(parts, given(node, keys[i]), why, NULL);
    if (fixed && !is_scaled(parts, (uint32_t)(app - parts->apps)))
        no_effect(parts, given(node, "cancel_surplus_starts"), why, NULL);
}

static void check_readings(struct parts *parts, const cJSON *node, uint32_t app)
{
    const struct scaling_config *s = &parts->app_parts[app].first.scaling;
    if (is_scaled(parts, app)) return;
    if (s->concurrency_buffer_perc == 0)
        no_effect(parts, given(node, "autoscaler_perc_of"), "there is no buffer in percent",
                  "set \"concurrency_buffer_perc\"");
    if (s->concurrency_buffer_perc == 0 && s->concurrency_buffer == 0)
        no_effect(parts, given(node, "autoscaler_buffer_mode"), "there is no buffer",
                  "set \"concurrency_buffer\"");
}

static bool is_ever(const struct parts *parts, uint32_t app, enum auth_mode mode)
{
    const struct app_config *c = &parts->apps[app];
    for (uint32_t i = 0; i < c->revisions; i++)
        if (parts->revisions[c->first_revision + i].auth_mode == mode) return true;
    for (uint32_t i = 0; i < parts->config->timeline_count; i++) {
        const struct timeline_config *event = &parts->timeline[i];
        if (event->app == app && event->sets_auth && event->auth_mode == mode) return true;
    }
    return false;
}

// The first source of the app that `what` is true of, or NULL.
static const struct traffic_config *find_source(const struct parts *parts, uint32_t app,
                                                bool (*what)(const struct traffic_config *t))
{
    for (uint32_t i = 0; i < parts->config->traffic_count; i++)
        if (parts->traffic[i].app == app && what(&parts->traffic[i])) return &parts->traffic[i];
    return NULL;
}

static bool gives_hints(const struct traffic_config *t)
{
    return t->hints > 0;
}

static bool pays_by_unit(const struct traffic_config *t)
{
    return t->has_billable_units;
}

static void check_app(struct parts *parts, uint32_t id)
{
    const struct app_config *app = &parts->apps[id];
    const cJSON *node = parts->app_parts[id].node;
    check_autoscaler(parts, node, app);
    check_readings(parts, node, id);
    if (!is_ever(parts, id, AUTH_SHARED))
        no_effect(parts, given(node, "shared_idle"), "the app is never in shared mode", NULL);
    if (!find_source(parts, id, pays_by_unit))
        no_effect(parts, given(node, "unit_price_usd"), "no request has billable units",
                  "give a source \"billable_units\"");
    if (app->dispatch == DISPATCH_HINT && !find_source(parts, id, gives_hints))
        no_effect(parts, given(node, "dispatch"), "no request carries a hint",
                  "give a source \"hints\"");
    for (uint32_t i = 0; i < app->revisions; i++)
        check_revision(parts, id, app->first_revision + i);
}

// Of a source.

static bool ever_admits(const struct parts *parts, uint32_t app, enum caller_kind kind)
{
    for (int mode = 0; mode < AUTH_MODES; mode++)
        if (auth_modes[mode].admits[kind] && is_ever(parts, app, (enum auth_mode)mode)) return true;
    return false;
}

static void check_source(struct parts *parts, const cJSON *node, const struct traffic_config *t)
{
    const struct reader *reader = &parts->reader;
    const struct revision_config *r = &parts->app_parts[t->app].first;
    const cJSON *service = given(node, "service"), *caller = json_child(node, "caller");
    if (parts->apps[t->app].dispatch != DISPATCH_HINT)
        no_effect(parts, given(node, "hints"), "the app's dispatch is not \"hint\"", NULL);
    if (service && passes(&t->service, r->service_factor, r->scaling.request_timeout))
        reader_warning(reader, service, CODE_WARN_CUT,
                       "most attempts are longer than request_timeout, which kills their runner",
                       NULL);
    if (caller && !parts->compares &&
        !ever_admits(parts, t->app, parts->config->callers[t->caller].kind))
        reader_warning(reader, caller, CODE_WARN_REFUSED,
                       "every request is refused: the app's auth_mode never admits this caller",
                       "\"shared\" admits callers with an account, \"public\" admits anyone");
}

static void check_sources(struct parts *parts)
{
    uint32_t source = 0;
    for (uint32_t app = 0; app < parts->config->app_count; app++) {
        const cJSON *list = traffic_of(parts, app);
        for (const cJSON *node = list ? list->child : NULL; node; node = node->next)
            check_source(parts, node, &parts->traffic[source++]);
    }
}

static bool calls_a_shared_app(const struct parts *parts, const char *name)
{
    for (uint32_t i = 0; i < parts->config->traffic_count; i++) {
        const struct traffic_config *t = &parts->traffic[i];
        bool same = strcmp(parts->callers[t->caller].name, name) == 0;
        if (same && is_ever(parts, t->app, AUTH_SHARED)) return true;
    }
    return false;
}

static void check_callers(struct parts *parts, const cJSON *callers)
{
    for (const cJSON *node = callers ? callers->child : NULL; node; node = node->next)
        if (!object_is_comment(node) && !calls_a_shared_app(parts, node->string))
            no_effect(parts, json_child(node, "concurrency_limit"),
                      "it calls no app in shared mode, and elsewhere there is no limit", NULL);
}

// Of machines, the platform and the timeline.

static void check_machines(struct parts *parts, const cJSON *types)
{
    for (const cJSON *node = types ? types->child : NULL; node; node = node->next)
        for (uint32_t i = 0; i < parts->config->machine_count; i++) {
            const struct machine_config *machine = &parts->machines[i];
            if (strcmp(machine->name, node->string) != 0) continue;
            if (is_zero(&machine->reclaim))
                no_effect(parts, given(node, "reclaim_notice"), "nothing is ever reclaimed",
                          "set \"reclaim\"");
            for (uint32_t s = 0; s < machine->surge_count; s++)
                if (machine->surges[s].from >= parts->config->horizon)
                    reader_warning(&parts->reader,
                                   cJSON_GetArrayItem(json_child(node, "surge"), (int)s),
                                   CODE_WARN_TIME, "the window begins after the horizon", NULL);
        }
}

static bool is_used(const struct parts *parts, const char *machine)
{
    for (uint32_t id = 0; id < parts->config->revision_count; id++) {
        const struct revision_config *r = &parts->revisions[id];
        for (uint32_t i = 0; i < r->machine_count; i++)
            if (strcmp(parts->machines[r->machines[i]].name, machine) == 0) return true;
    }
    return false;
}

static void check_event(struct parts *parts, const cJSON *node)
{
    const cJSON *capacity = json_child(node, "capacity"), *scale = json_child(node, "scale");
    const cJSON *maintenance = json_child(node, "maintenance");
    const cJSON *type = json_child(capacity ? capacity : maintenance, "machine_type");
    if (type && !is_used(parts, type->valuestring))
        no_effect(parts, type, "no app uses this machine type", NULL);
    if (scale && cJSON_GetArraySize(scale) == 1)
        no_effect(parts, scale, "it changes nothing", "give it \"max_concurrency\", for example");
}

static void check_platform(struct parts *parts, const cJSON *node)
{
    if (parts->config->platform.capacity_wakeup)
        no_effect(parts, given(node, "capacity_retry"),
                  "a start goes on at once when room frees up", "set \"capacity_wakeup\" to false");
}

void scenario_doubts_check(struct parts *parts, const cJSON *file)
{
    const cJSON *events = json_child(file, "timeline");
    for (uint32_t app = 0; app < parts->config->app_count; app++)
        check_app(parts, app);
    check_sources(parts);
    check_callers(parts, json_child(file, "callers"));
    check_machines(parts, json_child(file, "machine_types"));
    check_platform(parts, json_child(file, "platform"));
    for (const cJSON *node = events ? events->child : NULL; node; node = node->next)
        check_event(parts, node);
}
