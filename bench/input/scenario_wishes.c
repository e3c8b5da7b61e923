#include "bench/input/scenario_wishes.h"

#include <string.h>

#include "models/downtime.h"

static bool needs_twin(const char *metric)
{
    return strncmp(metric, "excess_", 7) == 0 || strcmp(metric, "recovery_time_s") == 0;
}

static void read_name(const char *metric, struct wishes *wishes)
{
    wishes->downtime = wishes->downtime || downtime_is_on_request(metric);
    wishes->twin = wishes->twin || needs_twin(metric);
}

// Of an object with a key "metric".  What is wrong with it is for others to say.
static void read_metric(const cJSON *entry, struct wishes *wishes)
{
    const cJSON *metric = json_child(entry, "metric");
    if (cJSON_IsString(metric)) read_name(metric->valuestring, wishes);
}

static void read_list(const cJSON *list, struct wishes *wishes)
{
    const cJSON *entry;
    if (!cJSON_IsArray(list)) return;
    cJSON_ArrayForEach(entry, list)
    {
        read_metric(entry, wishes);
    }
}

// What decides between alternatives, and what differences of other numbers matter.
static void read_selection(const cJSON *selection, struct wishes *wishes)
{
    const cJSON *zones = json_child(selection, "zones"), *zone;
    read_metric(selection, wishes);
    if (!cJSON_IsObject(zones)) return;
    cJSON_ArrayForEach(zone, zones)
    {
        read_name(zone->string, wishes);
    }
}

struct wishes scenario_wishes_read(const struct reader *reader, struct object *top)
{
    struct wishes wishes = {false, false};
    const cJSON *node = object_find(top, "twin");
    if (node) reader_flag(reader, node, &wishes.twin);
    read_list(json_child(top->node, "expect"), &wishes);
    read_list(json_child(json_child(top->node, "replications"), "until"), &wishes);
    read_selection(json_child(top->node, "selection"), &wishes);
    read_list(json_child(json_child(top->node, "sweep"), "metrics"), &wishes);
    const cJSON *plan = json_child(top->node, "plan");
    read_metric(json_child(plan, "minimise"), &wishes);
    read_list(json_child(plan, "subject_to"), &wishes);
    return wishes;
}

static bool is_rollout(const cJSON *event)
{
    return json_child(event, "deploy") || json_child(event, "restart") ||
           json_child(event, "rollback");
}

void scenario_wishes_drop_rollouts(cJSON *root)
{
    cJSON *timeline = json_child(root, "timeline");
    if (!cJSON_IsArray(timeline)) return;
    for (cJSON *event = timeline->child, *next; event; event = next) {
        next = event->next;
        if (is_rollout(event)) cJSON_Delete(cJSON_DetachItemViaPointer(timeline, event));
    }
}
