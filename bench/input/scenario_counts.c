#include "bench/input/scenario_trace.h"

#include <string.h>

#include "bench/input/azure_counts.h"
#include "bench/input/codes.h"

enum { DAYS_MAX = 400 };

struct days { // what the scenario says
    const char **paths;
    uint32_t count;
    struct azure_pick pick;
    double time_factor;
};

static void read_files(struct parts *parts, const cJSON *node, struct days *days)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 1;
    if (count < 1 || count > DAYS_MAX) {
        reader_error(&parts->reader, node, CODE_TYPE, "a file, or a list of 1 to 400 of them",
                     NULL);
        return;
    }
    days->paths = arena_new(parts->reader.arena, const char *, (size_t)count);
    for (const cJSON *file = cJSON_IsArray(node) ? node->child : node; count > 0; count--) {
        days->paths[days->count] = scenario_trace_path(parts, file);
        days->count += days->paths[days->count] != NULL;
        file = file->next;
    }
}

static void read_days(struct parts *parts, const cJSON *node, struct days *days,
                      struct arrival_counts *counts)
{
    static const struct number_range factor = {1e-6, 1e6};
    static const struct time_range shift = {0, 1e9};
    static const char *const keys[AZURE_NAMES] = {"owner", "app", "function", "trigger"};
    static const char *const ways[] = {"random", "even", NULL};
    const struct reader *reader = &parts->reader;
    struct object object = object_open(reader, node, &keys_counts);
    uint32_t way = 0;
    object_find(&object, "form");
    const cJSON *files = object_require(&object, "file");
    if (files) read_files(parts, files, days);
    for (size_t i = 0; i < AZURE_NAMES; i++) {
        const cJSON *name = object_find(&object, keys[i]);
        if (name) days->pick.names[i] = reader_text(reader, name);
    }
    const cJSON *arrivals = object_find(&object, "arrivals");
    if (arrivals) reader_choice(reader, arrivals, ways, &way);
    counts->even = way == 1;
    object_time(&object, "offset", shift, &counts->offset);
    const cJSON *scale = object_find(&object, "time_factor");
    if (scale) reader_number(reader, scale, factor, &days->time_factor);
    object_close(&object);
}

static const char *key_of(struct parts *parts, const cJSON *node, const struct days *days)
{
    struct diag *diag = parts->reader.diag;
    const char *key = json_write(parts->reader.arena, node);
    for (uint32_t i = 0; i < days->count; i++)
        key = diag_format(diag, "%s\n%s", key, days->paths[i]);
    return key;
}

static const struct checked_trace *check(struct parts *parts, const cJSON *node,
                                         const struct days *days)
{
    bool known;
    struct checked_trace *checked =
        scenario_trace_checked(parts, key_of(parts, node, days), &known);
    if (known) return checked;
    uint32_t *counts =
        arena_new(parts->reader.arena, uint32_t, (size_t)days->count * AZURE_MINUTES);
    const char *pointer = json_pointer(parts->reader.json, node);
    checked->counts = counts;
    checked->good = true;
    for (uint32_t i = 0; i < days->count; i++)
        checked->good = azure_counts_read(days->paths[i], &days->pick, pointer,
                                          &counts[i * AZURE_MINUTES], parts->reader.diag) &&
                        checked->good;
    return checked;
}

void scenario_counts_read(struct parts *parts, const cJSON *node, uint32_t source)
{
    size_t before = diag_reports(parts->reader.diag);
    struct traffic_config *traffic = &parts->traffic[source];
    struct arrival_counts *counts = &traffic->counts;
    struct days days = {.time_factor = 1};
    traffic->kind = ARRIVAL_COUNTS;
    read_days(parts, node, &days, counts);
    if (diag_reports(parts->reader.diag) != before || days.count == 0) return;
    const struct checked_trace *checked = check(parts, node, &days);
    if (!checked->good) return;
    counts->counts = checked->counts;
    counts->bins = days.count * AZURE_MINUTES;
    double width_s = 60 * days.time_factor, length_s = width_s * counts->bins;
    counts->width = sim_from_seconds(width_s);
    if (length_s > 1e9)
        reader_error(&parts->reader, json_child(node, "time_factor"), CODE_RANGE,
                     "a factor that makes the trace 1e9 s long at most", NULL);
    else
        scenario_trace_warn(parts, node, source,
                            sim_time_add(counts->offset, sim_from_seconds(length_s)));
}
