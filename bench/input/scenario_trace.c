#include "bench/input/scenario_trace.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/pointer.h"
#include "bench/input/scenario_callers.h"
#include "bench/input/suggest.h"

enum { KEYS = 65536 }; // buckets of sticky keys

const char *scenario_trace_path(struct parts *parts, const cJSON *node)
{
    const char *file = node ? reader_text(&parts->reader, node) : NULL;
    if (!file) return NULL;
    if (!*file) {
        reader_error(&parts->reader, node, CODE_TRACE_FILE, "the name of a file", NULL);
        return NULL;
    }
    bool as_is = *file == '/' || json_file(parts->reader.json, node) == pointer_override_file;
    return as_is ? file : diag_format(parts->reader.diag, "%s%s", parts->folder, file);
}

static bool is_form(const cJSON *trace, const char *name)
{
    const cJSON *form = json_child(trace, "form");
    return cJSON_IsString(form) && strcmp(form->valuestring, name) == 0;
}

bool scenario_trace_has_service(const cJSON *trace)
{
    return json_child(trace, "service") || is_form(trace, "request_log");
}

// The service time.

// Seconds for one unit of a column: a duration in "per", a number in "per_s".
static bool read_factor(const struct reader *reader, const cJSON *node, bool in_seconds,
                        double *factor)
{
    static const struct time_range range = {0, 1e9};
    sim_time time;
    if (in_seconds) return reader_seconds(reader, node, range, factor);
    if (!reader_time(reader, node, range, &time)) return false;
    *factor = sim_seconds(time);
    return true;
}

static void read_terms(struct parts *parts, const cJSON *node, struct trace_spec *spec)
{
    const struct reader *reader = &parts->reader;
    struct object object = object_open(reader, node, &keys_names);
    if (!object.node) return;
    if (cJSON_GetArraySize(node) > TRACE_TERMS_MAX) {
        scenario_parts_too_many(parts, node, TRACE_TERMS_MAX, "columns");
        return;
    }
    struct trace_term *terms = arena_new(reader->arena, struct trace_term, TRACE_TERMS_MAX);
    bool in_seconds = strcmp(node->string, "per_s") == 0;
    for (const cJSON *child = node->child; child; child = child->next) {
        if (object_is_comment(child)) continue;
        struct trace_term *term = &terms[spec->term_count];
        if (!read_factor(reader, child, in_seconds, &term->seconds_per_unit)) continue;
        term->column = arena_copy_text(reader->arena, child->string);
        spec->term_count++;
    }
    spec->terms = terms;
}

static void read_between(struct object *object, struct trace_spec *spec)
{
    const struct reader *reader = object->reader;
    const cJSON *from = object_require(object, "from"), *to = object_require(object, "to");
    if (from) spec->fields[TRACE_FROM] = reader_text(reader, from);
    if (to) spec->fields[TRACE_TO] = reader_text(reader, to);
    static const char *const others[] = {"base", "base_s", "per", "per_s"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const cJSON *node = json_child(object->node, others[i]);
        if (node)
            reader_key_error(reader, node, CODE_CONTRADICTION,
                             "\"from\" and \"to\" alone, or \"base\" and \"per\"", "both", NULL);
    }
}

static void read_service(struct parts *parts, const cJSON *node, struct trace_spec *spec)
{
    static const struct time_range range = {0, 1e9};
    spec->fields[TRACE_FROM] = spec->fields[TRACE_TO] = NULL;
    if (!cJSON_IsObject(node)) {
        spec->fields[TRACE_SERVICE] = reader_text(&parts->reader, node);
        return;
    }
    struct object object = object_open(&parts->reader, node, &keys_trace_service);
    object_duration(&object, "base", range, &spec->service_base_s);
    const cJSON *per = object_find_timed(&object, "per");
    if (object_find(&object, "from") || object_find(&object, "to")) {
        read_between(&object, spec);
    } else if (per) {
        read_terms(parts, per, spec);
    } else if (!object_has(&object, "base")) {
        object_lacks(&object, "per", "\"base\", \"per\" or both, or \"from\" and \"to\"");
    }
    object_close(&object);
}

// The columns.

static void read_columns(struct object *object, struct trace_spec *spec)
{
    static const struct {
        const char *key;
        enum trace_field field;
    } columns[] = {
        {"arrival", TRACE_ARRIVAL},   {"caller", TRACE_CALLER},  {"app", TRACE_APP},
        {"priority", TRACE_PRIORITY}, {"outcome", TRACE_STATUS}, {"key", TRACE_KEY},
        {"cold", TRACE_LABEL},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const cJSON *node = object_find(object, columns[i].key);
        if (node) spec->fields[columns[i].field] = reader_text(object->reader, node);
    }
}

static void read_flag(struct object *object, const char *key, bool *flag)
{
    const cJSON *node = object_find(object, key);
    if (node) reader_flag(object->reader, node, flag);
}

static void check_columns(struct object *object, const struct traffic_config *traffic)
{
    const struct reader *reader = object->reader;
    const cJSON *apps = object_find(object, "apps"),
                *priority = json_child(object->node, "priority");
    if (apps && !json_child(object->node, "app"))
        reader_key_error(reader, apps, CODE_CONTRADICTION, "\"apps\" only with \"app\"", "it",
                         NULL);
    if (priority && traffic->path == PATH_WEBSOCKET)
        reader_key_error(reader, priority, CODE_CONTRADICTION, "no priority on a websocket", "it",
                         NULL);
}

static struct trace_spec spec_of_form(const cJSON *node, bool drawn)
{
    struct trace_spec spec = {.time_factor = 1, .fields = {[TRACE_ARRIVAL] = "arrival"}};
    if (!is_form(node, "request_log")) return spec;
    spec.form = TRACE_ITEMS;
    spec.fields[TRACE_ARRIVAL] = "sent_at";
    if (drawn) return spec;
    spec.fields[TRACE_FROM] = "started_at";
    spec.fields[TRACE_TO] = "ended_at";
    return spec;
}

static struct trace_spec read_spec(struct parts *parts, const cJSON *node, bool drawn,
                                   struct traffic_config *traffic)
{
    static const struct number_range factor = {1e-6, 1e6};
    static const struct time_range shift = {0, SECONDS_MAX};
    static const char *const forms[] = {"csv", "request_log", "azure_functions", NULL};
    const struct reader *reader = &parts->reader;
    struct trace_spec spec = spec_of_form(node, drawn);
    struct object object = object_open(reader, node, &keys_trace);
    uint32_t form = 0;
    spec.path = scenario_trace_path(parts, object_require(&object, "file"));
    const cJSON *named = object_find(&object, "form");
    if (named) reader_choice(reader, named, forms, &form);
    read_columns(&object, &spec);
    const cJSON *service = object_find(&object, "service");
    if (service) read_service(parts, service, &spec);
    read_flag(&object, "drop_incomplete", &spec.drop_incomplete);
    read_flag(&object, "sort", &spec.sort);
    object_time(&object, "offset", shift, &spec.offset);
    const cJSON *scale = object_find(&object, "time_factor");
    if (scale) reader_number(reader, scale, factor, &spec.time_factor);
    check_columns(&object, traffic);
    object_close(&object);
    if (spec.fields[TRACE_KEY] && traffic->hints == 0) traffic->hints = KEYS;
    spec.keys = traffic->hints;
    traffic->many_apps = spec.fields[TRACE_APP] != NULL;
    traffic->ranked = spec.fields[TRACE_PRIORITY] != NULL;
    traffic->labelled = spec.fields[TRACE_LABEL] != NULL;
    return spec;
}

// Reading the file through.

struct checked_trace *scenario_trace_checked(struct parts *parts, const char *key, bool *known)
{
    for (struct checked_trace *old = *parts->checked; old; old = old->next) {
        *known = strcmp(old->key, key) == 0;
        if (*known) return old;
    }
    struct checked_trace *fresh = arena_new(parts->reader.arena, struct checked_trace, 1);
    fresh->key = key;
    fresh->next = *parts->checked;
    *parts->checked = fresh;
    *known = false;
    return fresh;
}

static const struct checked_trace *check(struct parts *parts, const cJSON *node,
                                         struct trace_spec *spec)
{
    struct arena *arena = parts->reader.arena;
    bool known;
    const char *key =
        diag_format(parts->reader.diag, "%s\n%u\n%d\n%s", spec->path, (unsigned)spec->keys,
                    spec->fields[TRACE_FROM] != NULL, json_write(arena, node));
    struct checked_trace *checked = scenario_trace_checked(parts, key, &known);
    if (!known) {
        struct trace_spec *kept = arena_new(arena, struct trace_spec, 1);
        if (spec->fields[TRACE_CALLER]) spec->callers = trace_names_create(arena);
        if (spec->fields[TRACE_APP]) spec->apps = trace_names_create(arena);
        *kept = *spec;
        checked->spec = kept;
        checked->good = trace_check(spec, json_pointer(parts->reader.json, node), arena,
                                    &checked->summary, parts->reader.diag);
    }
    spec->callers = checked->spec->callers;
    spec->apps = checked->spec->apps;
    spec->kept = checked->summary.kept;
    spec->kept_count = (uint32_t)checked->summary.rows;
    return checked;
}

// The names that its rows mention.

static void resolve_callers(struct parts *parts, const cJSON *node, struct trace_spec *spec)
{
    if (!spec->callers) return;
    uint32_t *ids = arena_new(parts->reader.arena, uint32_t, spec->callers->count);
    for (uint32_t i = 0; i < spec->callers->count; i++)
        ids[i] = scenario_callers_id(parts, node, spec->callers->names[i].text);
    spec->caller_ids = ids;
}

static bool find_app(struct parts *parts, const char *name, uint32_t *id, struct suggest *suggest)
{
    for (*id = 0; *id < parts->config->app_count; ++*id) {
        if (strcmp(parts->apps[*id].name, name) == 0) return true;
        suggest_offer(suggest, parts->apps[*id].name);
    }
    return false;
}

static uint32_t resolve_app(struct parts *parts, const cJSON *node, const struct trace_spec *spec,
                            const struct trace_name *name)
{
    struct diag *diag = parts->reader.diag;
    const cJSON *entry = json_child(json_child(node, "apps"), name->text);
    struct suggest suggest = suggest_for(name->text);
    uint32_t id;
    if (cJSON_IsNull(entry)) return TRACE_SKIP;
    if (entry) return scenario_apps_find(parts, entry, &id) ? id : TRACE_SKIP;
    if (find_app(parts, name->text, &id, &suggest)) return id;
    const char *near = suggest_answer(&suggest);
    diag_error(diag, (struct diag_place){spec->path, name->line, name->column}, CODE_NAME,
               json_pointer(parts->reader.json, node), "an app of the scenario",
               diag_quote(diag, name->text),
               near ? reader_hint(&parts->reader, near)
                    : "\"apps\": {\"NAME\": \"App\"} renames it, null leaves its rows out");
    return TRACE_SKIP;
}

static void check_renames(struct parts *parts, const cJSON *node, const struct trace_spec *spec)
{
    const cJSON *apps = json_child(node, "apps");
    uint32_t index;
    if (!spec->apps || !object_open(&parts->reader, apps, &keys_names).node) return;
    for (const cJSON *entry = apps->child; entry; entry = entry->next)
        if (!object_is_comment(entry) && !trace_names_find(spec->apps, entry->string, &index))
            reader_key_error(&parts->reader, entry, CODE_NAME, "an app that the trace mentions",
                             diag_quote(parts->reader.diag, entry->string), NULL);
}

static void resolve_apps(struct parts *parts, const cJSON *node, struct trace_spec *spec)
{
    if (!spec->apps) return;
    check_renames(parts, node, spec);
    uint32_t *ids = arena_new(parts->reader.arena, uint32_t, spec->apps->count);
    for (uint32_t i = 0; i < spec->apps->count; i++)
        ids[i] = resolve_app(parts, node, spec, &spec->apps->names[i]);
    spec->app_ids = ids;
}

// Warnings.

void scenario_trace_warn(struct parts *parts, const cJSON *node, uint32_t source,
                         sim_time last_arrival)
{
    const struct traffic_config *traffic = &parts->traffic[source];
    sim_time end =
        parts->config->horizon < traffic->until ? parts->config->horizon : traffic->until;
    if (end == SIM_NEVER || sim_seconds(last_arrival) >= 0.9 * sim_seconds(end)) return;
    reader_warning(&parts->reader, node, CODE_WARN_TRACE,
                   diag_format(parts->reader.diag,
                               "the trace's last arrival is at %.0f s of %.0f s",
                               sim_seconds(last_arrival), sim_seconds(end)),
                   "from then on this source is silent");
}

static void warn_about_dropped(struct parts *parts, const cJSON *node,
                               const struct trace_summary *summary)
{
    unsigned long long dropped = summary->dropped, all = dropped + summary->rows;
    if (dropped == 0) return;
    reader_warning(&parts->reader, node, CODE_WARN_DROPPED,
                   diag_format(parts->reader.diag,
                               "%llu of the trace's %llu rows are incomplete and left out", dropped,
                               all),
                   NULL);
}

void scenario_trace_read(struct parts *parts, const cJSON *node, uint32_t source)
{
    if (is_form(node, "azure_functions")) {
        scenario_counts_read(parts, node, source);
        return;
    }
    const cJSON *own = parts->source;
    bool drawn = json_child(own, "service") || json_child(own, "service_s");
    size_t before = diag_reports(parts->reader.diag);
    struct trace_spec *spec = &parts->traces[source];
    parts->traffic[source].kind = ARRIVAL_TRACE;
    *spec = read_spec(parts, node, drawn, &parts->traffic[source]);
    if (diag_reports(parts->reader.diag) != before || !spec->path) return;
    const struct checked_trace *checked = check(parts, node, spec);
    if (!checked->good) return;
    resolve_callers(parts, node, spec);
    resolve_apps(parts, node, spec);
    warn_about_dropped(parts, node, &checked->summary);
    scenario_trace_warn(parts, node, source, checked->summary.last_arrival);
}
