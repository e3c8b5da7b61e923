#include "bench/input/scenario_trace.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/pointer.h"
#include "bench/input/trace_cursor.h"

static const char *path_of(struct parts *parts, const cJSON *node)
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

static void read_service(struct parts *parts, const cJSON *node, struct trace_spec *spec)
{
    static const struct time_range range = {0, 1e9};
    if (!cJSON_IsObject(node)) {
        spec->service_column = reader_text(&parts->reader, node);
        return;
    }
    struct object object = object_open(&parts->reader, node, &keys_trace_service);
    object_duration(&object, "base", range, &spec->service_base_s);
    const cJSON *per = object_find_timed(&object, "per");
    if (per) read_terms(parts, per, spec);
    if (!per && !object_has(&object, "base"))
        object_lacks(&object, "per", "\"base\", \"per\" or both");
    object_close(&object);
}

static struct trace_spec read_spec(struct parts *parts, const cJSON *node)
{
    static const struct number_range factor = {1e-6, 1e6};
    static const struct time_range shift = {0, SECONDS_MAX};
    const struct reader *reader = &parts->reader;
    struct trace_spec spec = {.arrival_column = "arrival", .time_factor = 1};
    struct object object = object_open(reader, node, &keys_trace);
    spec.path = path_of(parts, object_require(&object, "file"));
    const cJSON *arrival = object_find(&object, "arrival");
    if (arrival) spec.arrival_column = reader_text(reader, arrival);
    const cJSON *service = object_find(&object, "service");
    if (service) read_service(parts, service, &spec);
    object_time(&object, "offset", shift, &spec.offset);
    const cJSON *scale = object_find(&object, "time_factor");
    if (scale) reader_number(reader, scale, factor, &spec.time_factor);
    object_close(&object);
    return spec;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_same(const struct trace_spec *a, const struct trace_spec *b)
{
    bool same = is_same_text(a->path, b->path) &&
                is_same_text(a->arrival_column, b->arrival_column) &&
                is_same_text(a->service_column, b->service_column) &&
                !(a->service_base_s < b->service_base_s || a->service_base_s > b->service_base_s) &&
                a->term_count == b->term_count && a->offset == b->offset &&
                !(a->time_factor < b->time_factor || a->time_factor > b->time_factor);
    for (size_t i = 0; same && i < a->term_count; i++)
        same = is_same_text(a->terms[i].column, b->terms[i].column) &&
               !(a->terms[i].seconds_per_unit < b->terms[i].seconds_per_unit ||
                 a->terms[i].seconds_per_unit > b->terms[i].seconds_per_unit);
    return same;
}

// Reads the trace through, unless an alternative before this one has done so.
static const struct checked_trace *check(struct parts *parts, const cJSON *node,
                                         const struct trace_spec *spec)
{
    for (struct checked_trace *old = *parts->checked; old; old = old->next)
        if (is_same(old->spec, spec)) return old;
    struct checked_trace *fresh = arena_new(parts->reader.arena, struct checked_trace, 1);
    struct trace_spec *kept = arena_new(parts->reader.arena, struct trace_spec, 1);
    *kept = *spec;
    fresh->spec = kept;
    fresh->next = *parts->checked;
    fresh->good = trace_check(spec, json_pointer(parts->reader.json, node), &fresh->summary,
                              parts->reader.diag);
    *parts->checked = fresh;
    return fresh;
}

static void warn_about_end(struct parts *parts, const cJSON *node, uint32_t source,
                           const struct trace_summary *summary)
{
    const struct traffic_config *traffic = &parts->traffic[source];
    sim_time end =
        parts->config->horizon < traffic->until ? parts->config->horizon : traffic->until;
    if (end == SIM_NEVER || sim_seconds(summary->last_arrival) >= 0.9 * sim_seconds(end)) return;
    reader_warning(&parts->reader, node, CODE_WARN_TRACE,
                   diag_format(parts->reader.diag,
                               "the trace's last arrival is at %.0f s of %.0f s",
                               sim_seconds(summary->last_arrival), sim_seconds(end)),
                   "from then on this source is silent");
}

void scenario_trace_read(struct parts *parts, const cJSON *node, uint32_t source)
{
    size_t before = diag_reports(parts->reader.diag);
    parts->traffic[source].kind = ARRIVAL_TRACE;
    parts->traces[source] = read_spec(parts, node);
    if (diag_reports(parts->reader.diag) != before || !parts->traces[source].path) return;
    const struct checked_trace *checked = check(parts, node, &parts->traces[source]);
    if (checked->good) warn_about_end(parts, node, source, &checked->summary);
}
