#include "bench/input/scenario_parts.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/dist_reader.h"
#include "bench/input/scenario_arrivals.h"
#include "bench/input/scenario_callers.h"
#include "bench/input/scenario_trace.h"
#include "bench/input/suggest.h"

static void read_caller(struct parts *parts, struct object *object, struct traffic_config *traffic)
{
    const cJSON *node = object_find(object, "caller");
    const char *name = node ? reader_text(object->reader, node) : NULL;
    if (name && !*name) reader_error(object->reader, node, CODE_NAME, "a name", NULL);
    if (name) traffic->caller = scenario_callers_id(parts, node, name);
}

static void read_endpoint(struct parts *parts, struct object *object,
                          struct traffic_config *traffic)
{
    const cJSON *list = parts->app_parts[traffic->app].endpoints;
    const cJSON *node = object_find(object, "endpoint");
    const char *name = node ? reader_text(object->reader, node) : NULL;
    if (!name) return;
    struct suggest suggest = suggest_for(name);
    suggest_offer(&suggest, "/");
    if (!list && strcmp(name, "/") == 0) return;
    traffic->endpoint = 0;
    for (const cJSON *entry = list ? list->child : NULL; entry; entry = entry->next) {
        if (!cJSON_IsString(entry)) continue;
        if (strcmp(entry->valuestring, name) == 0) return;
        suggest_offer(&suggest, entry->valuestring);
        traffic->endpoint++;
    }
    reader_error(object->reader, node, CODE_NAME, "one of the app's \"endpoints\"",
                 reader_hint(object->reader, suggest_answer(&suggest)));
}

// Sources.

static void read_service(struct object *object, struct traffic_config *traffic)
{
    const cJSON *trace = json_child(object->node, "trace"),
                *in_trace = json_child(trace, "service");
    bool by_form = scenario_trace_has_service(trace);
    const cJSON *node = json_child(object->node, "service");
    if (!node) node = json_child(object->node, "service_s");
    object_dist(object, "service", &traffic->service);
    if (!node && !by_form)
        object_lacks(object, "service",
                     trace ? "the key \"service\", here or in the trace" : "the key \"service\"");
    if (node && in_trace)
        reader_key_error(object->reader, node, CODE_KEY_TWICE, "\"service\" here or in the trace",
                         "both", NULL);
    traffic->has_cold_service = object_dist(object, "cold_service", &traffic->cold_service);
    traffic->has_cancel_after = object_dist(object, "cancel_after", &traffic->cancel_after);
}

static void forbid(const struct reader *reader, const cJSON *node, const char *expected)
{
    if (node) reader_key_error(reader, node, CODE_CONTRADICTION, expected, "it", NULL);
}

// Q1: only the queue retries, and a websocket knows no deadline and no priority.
static void check_path(const struct reader *reader, const cJSON *node,
                       struct traffic_config *traffic)
{
    const cJSON *attempts = json_child(node, "max_attempts");
    if (attempts && traffic->no_retry && traffic->max_attempts != 1)
        reader_error(reader, attempts, CODE_CONTRADICTION, "1 with \"no_retry\"", NULL);
    if (traffic->path == PATH_WEBSOCKET) {
        forbid(reader, json_child(node, "start_timeout"), "no start_timeout on a websocket");
        forbid(reader, json_child(node, "start_timeout_s"), "no start_timeout on a websocket");
        forbid(reader, json_child(node, "priority"), "no priority on a websocket");
    }
    if (traffic->path == PATH_QUEUE) return;
    if (attempts && traffic->max_attempts != 1)
        reader_error(
            reader, attempts, CODE_CONTRADICTION,
            diag_format(reader->diag, "1 on the %s path", request_path_names[traffic->path]),
            "only the queue path is retried");
    traffic->max_attempts = 1;
}

static void read_units(struct parts *parts, struct object *object, struct traffic_config *traffic)
{
    const cJSON *node = object_find(object, "billable_units");
    if (!node) return;
    traffic->has_billable_units = dist_read_plain(object->reader, node, &traffic->billable_units);
    if (!json_child(parts->app_parts[traffic->app].node, "unit_price_usd"))
        reader_key_error(object->reader, node, CODE_CONTRADICTION, "billable units with a price",
                         "\"billable_units\"", "give the app \"unit_price_usd\"");
}

// "retry" of a source: budgets by condition, instead of those of the app.
static void read_retry(struct parts *parts, struct object *object, struct traffic_config *traffic)
{
    const struct reader *reader = &parts->reader;
    const cJSON *node = object_find(object, "retry");
    enum caller_kind kind = parts->callers[traffic->caller].kind;
    struct revision_config budgets;
    if (!node) return;
    struct object form = object_open(reader, node, &keys_retry);
    object_table(&form, retry_params, &budgets);
    object_close(&form);
    memcpy(traffic->retry_budgets, budgets.retry_budgets, sizeof traffic->retry_budgets);
    traffic->has_retry = true;
    if (kind != CALLER_OWNER && kind != CALLER_TEAM)
        reader_key_error(reader, node, CODE_CONTRADICTION, "the owner's own requests for this key",
                         diag_quote(reader->diag, parts->callers[traffic->caller].name),
                         "X-Fal-Retry-Config is the owner's");
    else if (traffic->path != PATH_QUEUE || traffic->no_retry)
        reader_key_error(reader, node, CODE_CONTRADICTION, "a source that is retried",
                         traffic->no_retry ? "\"no_retry\"" : request_path_names[traffic->path],
                         "only the queue path is retried");
}

static void check_source(struct parts *parts, const cJSON *node, struct traffic_config *traffic)
{
    const struct reader *reader = &parts->reader;
    const cJSON *from = json_child(node, "from");
    if (traffic->from >= traffic->until)
        reader_error(reader, json_child(node, "until") ? json_child(node, "until") : node,
                     CODE_CONTRADICTION, "\"until\" after \"from\"", NULL);
    else if (from && traffic->from >= parts->config->horizon)
        reader_warning(reader, from, CODE_WARN_TIME,
                       "the source never speaks: it starts after the horizon", NULL);
    check_path(reader, node, traffic);
}

static void read_source(struct parts *parts, const cJSON *node, uint32_t app, uint32_t number)
{
    const struct reader *reader = &parts->reader;
    uint32_t source = parts->config->traffic_count++;
    struct traffic_config *traffic = &parts->traffic[source];
    struct object object = object_open(reader, node, &keys_source);
    parts->source = node;
    traffic->app = app;
    object_table(&object, traffic_params, traffic);
    const cJSON *name = object_find(&object, "name");
    traffic->name = name ? reader_text(reader, name) : NULL;
    if (!traffic->name) traffic->name = diag_format(reader->diag, "traffic %u", (unsigned)number);
    read_caller(parts, &object, traffic);
    read_endpoint(parts, &object, traffic);
    scenario_arrivals_read(parts, &object, source);
    read_service(&object, traffic);
    read_units(parts, &object, traffic);
    read_retry(parts, &object, traffic);
    object_close(&object);
    if (object.node) check_source(parts, node, traffic);
}

static const cJSON *traffic_of(const struct parts *parts, uint32_t app)
{
    return json_child(parts->app_parts[app].node, "traffic");
}

static bool reserve(struct parts *parts)
{
    struct arena *arena = parts->reader.arena;
    size_t count = 0;
    for (uint32_t app = 0; app < parts->config->app_count; app++) {
        const cJSON *list = traffic_of(parts, app);
        if (!list) continue;
        if (cJSON_IsArray(list))
            count += (size_t)cJSON_GetArraySize(list);
        else
            reader_error(&parts->reader, list, CODE_TYPE, "a list of sources", NULL);
        if (count <= SOURCES_MAX) continue;
        scenario_parts_too_many(parts, list, SOURCES_MAX, "sources of traffic");
        return false;
    }
    parts->traffic = arena_new(arena, struct traffic_config, count);
    parts->traces = arena_new(arena, struct trace_spec, count);
    parts->config->traffic = parts->traffic;
    return true;
}

void scenario_traffic_read(struct parts *parts)
{
    if (!reserve(parts)) return;
    for (uint32_t app = 0; app < parts->config->app_count; app++) {
        const cJSON *list = traffic_of(parts, app);
        uint32_t number = 0;
        if (!cJSON_IsArray(list)) continue;
        for (const cJSON *node = list->child; node; node = node->next)
            read_source(parts, node, app, ++number);
    }
}
