#include "bench/input/scenario_parts.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/dist_reader.h"
#include "bench/input/scenario_callers.h"
#include "bench/input/scenario_trace.h"
#include "bench/input/suggest.h"

static const struct number_range any_rate = {0, 1e9};
enum { STEPS_MAX = 100000 };

// Rates may be given per second, minute or hour; exactly one of the three.
static bool read_rate(struct object *object, double *rate_per_s)
{
    static const struct {
        const char *key;
        double seconds;
    } units[] = {{"rate_per_s", 1}, {"rate_per_min", 60}, {"rate_per_h", 3600}};
    static const char words[] = "one of \"rate_per_s\", \"rate_per_min\" and \"rate_per_h\"";
    const cJSON *found = NULL;
    double rate = 0, seconds = 1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const cJSON *node = object_find(object, units[i].key);
        if (!node) continue;
        if (found)
            return reader_key_error(object->reader, node, CODE_KEY_TWICE, words, "a second one",
                                    NULL);
        found = node;
        seconds = units[i].seconds;
    }
    if (!found) return object_lacks(object, "rate_per_s", words);
    if (!reader_number(object->reader, found, any_rate, &rate)) return false;
    *rate_per_s = rate / seconds;
    return true;
}

static void read_poisson(struct parts *parts, const cJSON *node, uint32_t source)
{
    struct object object = object_open(&parts->reader, node);
    parts->traffic[source].kind = ARRIVAL_POISSON;
    read_rate(&object, &parts->traffic[source].rate_per_s);
    object_close(&object);
}

static void read_renewal(struct parts *parts, const cJSON *node, uint32_t source)
{
    struct traffic_config *traffic = &parts->traffic[source];
    traffic->kind = ARRIVAL_RENEWAL;
    if (!dist_read(&parts->reader, node, &traffic->interarrival)) return;
    if (!(dist_mean(&traffic->interarrival) > 0))
        reader_error(&parts->reader, node, CODE_DIST, "times between arrivals with a mean above 0",
                     NULL);
}

static void read_step(struct parts *parts, const cJSON *node, struct rate_step *step)
{
    static const struct time_range range = {0, SECONDS_MAX};
    struct object object = object_open(&parts->reader, node);
    if (object_require_timed(&object, "from")) object_time(&object, "from", range, &step->from);
    read_rate(&object, &step->rate_per_s);
    object_close(&object);
}

static void check_step(struct parts *parts, const cJSON *node, const struct rate_step *steps,
                       uint32_t i)
{
    const cJSON *from =
        json_child(node, "from") ? json_child(node, "from") : json_child(node, "from_s");
    if (i == 0 && steps[0].from != 0)
        reader_error(&parts->reader, from, CODE_CONTRADICTION, "a first step from \"0s\"", NULL);
    if (i > 0 && steps[i].from <= steps[i - 1].from)
        reader_error(&parts->reader, from, CODE_CONTRADICTION, "a time after the step before",
                     NULL);
}

static void read_steps(struct parts *parts, const cJSON *node, struct traffic_config *traffic)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (count == 0 || count > STEPS_MAX) {
        reader_error(&parts->reader, node, CODE_TYPE, "a list of 1 to 100000 steps", NULL);
        return;
    }
    struct rate_step *steps = arena_new(parts->reader.arena, struct rate_step, (size_t)count);
    for (const cJSON *step = node->child; step; step = step->next) {
        size_t before = diag_reports(parts->reader.diag);
        read_step(parts, step, &steps[traffic->step_count]);
        if (diag_reports(parts->reader.diag) == before)
            check_step(parts, step, steps, traffic->step_count);
        traffic->step_count++;
    }
    traffic->steps = steps;
}

static void read_piecewise(struct parts *parts, const cJSON *node, uint32_t source)
{
    static const struct time_range range = {0.001, SECONDS_MAX};
    struct traffic_config *traffic = &parts->traffic[source];
    struct object object = object_open(&parts->reader, node);
    traffic->kind = ARRIVAL_PIECEWISE;
    traffic->repeat = SIM_NEVER;
    const cJSON *steps = object_require(&object, "steps");
    if (steps) read_steps(parts, steps, traffic);
    bool repeats = object_time(&object, "repeat", range, &traffic->repeat);
    if (repeats && traffic->steps &&
        traffic->steps[traffic->step_count - 1].from >= traffic->repeat)
        reader_error(&parts->reader, node, CODE_CONTRADICTION,
                     "\"repeat\" after the last step's \"from\"", NULL);
    object_close(&object);
}

static void read_closed_loop(struct parts *parts, const cJSON *node, uint32_t source)
{
    static const struct number_range range = {1, 1e6};
    struct traffic_config *traffic = &parts->traffic[source];
    struct object object = object_open(&parts->reader, node);
    traffic->kind = ARRIVAL_CLOSED_LOOP;
    const cJSON *users = object_require(&object, "users");
    if (users) reader_count(&parts->reader, users, range, &traffic->users);
    bool given = json_child(object.node, "think") || json_child(object.node, "think_s");
    if (!object_dist(&object, "think", &traffic->think) && !given)
        object_lacks(&object, "think", "the key \"think\"");
    object_close(&object);
}

// "batch": 5, or {"geometric": 2.5} with the mean.
static void read_batch(struct parts *parts, struct object *object, struct traffic_config *traffic)
{
    static const struct number_range range = {1, 1e6};
    const struct reader *reader = &parts->reader;
    const cJSON *node = object_find(object, "batch");
    uint32_t size = 1;
    if (!node) return;
    if (traffic->kind == ARRIVAL_CLOSED_LOOP || traffic->kind == ARRIVAL_TRACE) {
        reader_key_error(reader, node, CODE_CONTRADICTION,
                         "no batch on a trace or a closed loop, which say who arrives when", "it",
                         NULL);
        return;
    }
    if (!cJSON_IsObject(node)) {
        if (!reader_count(reader, node, range, &size)) return;
        traffic->batch = BATCH_CONSTANT;
        traffic->batch_size = size;
        return;
    }
    struct object form = object_open(reader, node);
    const cJSON *mean = object_require(&form, "geometric");
    if (mean && reader_number(reader, mean, range, &traffic->batch_size))
        traffic->batch = BATCH_GEOMETRIC;
    object_close(&form);
}

static const struct process {
    const char *key;
    void (*read)(struct parts *parts, const cJSON *node, uint32_t source);
} processes[] = {
    {"poisson", read_poisson},
    {"renewal", read_renewal},
    {"piecewise_constant", read_piecewise},
    {"trace", scenario_trace_read},
    {"closed_loop", read_closed_loop},
};

static void read_process(struct parts *parts, struct object *object, uint32_t source)
{
    static const char words[] =
        "one of \"poisson\", \"renewal\", \"piecewise_constant\", \"trace\" and \"closed_loop\"";
    const cJSON *found = NULL;
    for (size_t i = 0; i < sizeof processes / sizeof *processes; i++) {
        const cJSON *node = object_find(object, processes[i].key);
        if (node && found)
            reader_key_error(object->reader, node, CODE_KEY_TWICE, words, "a second one", NULL);
        else if (node)
            processes[i].read(parts, node, source);
        found = node ? node : found;
    }
    if (!found) object_lacks(object, "poisson", words);
}

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
    const cJSON *node = json_child(object->node, "service");
    if (!node) node = json_child(object->node, "service_s");
    object_dist(object, "service", &traffic->service);
    if (!node && !in_trace)
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
    struct object form = object_open(reader, node);
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
    struct object object = object_open(reader, node);
    traffic->app = app;
    object_table(&object, traffic_params, traffic);
    const cJSON *name = object_find(&object, "name");
    traffic->name = name ? reader_text(reader, name) : NULL;
    if (!traffic->name) traffic->name = diag_format(reader->diag, "traffic %u", (unsigned)number);
    read_caller(parts, &object, traffic);
    read_endpoint(parts, &object, traffic);
    read_process(parts, &object, source);
    read_batch(parts, &object, traffic);
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
