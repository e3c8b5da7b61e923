#include "bench/input/scenario_parts.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/policies.h"
#include "bench/input/suggest.h"

static void read_policy(struct object *object, const char *key, const char *const *names,
                        uint32_t *index)
{
    const cJSON *node = object_find(object, key);
    if (node) reader_choice(object->reader, node, names, index);
}

static bool stands_before(const cJSON *list, const cJSON *node)
{
    for (const cJSON *other = list->child; other != node; other = other->next)
        if (cJSON_IsString(other) && strcmp(other->valuestring, node->valuestring) == 0)
            return true;
    return false;
}

static void read_endpoints(const struct reader *reader, const cJSON *list, struct app_config *app)
{
    int count = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    if (count == 0 || count > ENDPOINTS_MAX) {
        reader_error(reader, list, CODE_TYPE, "a list of 1 to 100 paths", NULL);
        return;
    }
    app->endpoints = (uint32_t)count;
    for (const cJSON *node = list->child; node; node = node->next)
        if (!cJSON_IsString(node) || node->valuestring[0] != '/')
            reader_error(reader, node, CODE_NAME, "a path that begins with \"/\"", NULL);
        else if (stands_before(list, node))
            reader_error(reader, node, CODE_CONTRADICTION, "each endpoint once", NULL);
}

static void check_initial(const struct reader *reader, const cJSON *node,
                          const struct app_config *app, const struct scaling_config *scaling)
{
    const cJSON *initial = json_child(node, "initial_runners");
    if (!initial || app->initial_runners <= scaling->max_concurrency) return;
    reader_error(reader, initial, CODE_CONTRADICTION,
                 diag_format(reader->diag, "initial_runners not above max_concurrency (%u)",
                             (unsigned)scaling->max_concurrency),
                 json_child(node, "max_concurrency") ? NULL
                                                     : "max_concurrency is 2 unless it is given");
}

static void read_app(struct parts *parts, const cJSON *node, uint32_t id)
{
    const struct reader *reader = &parts->reader;
    struct app_config *app = &parts->apps[id];
    struct app_parts *more = &parts->app_parts[id];
    struct object object = object_open(reader, node, &keys_app);
    app->name = arena_copy_text(reader->arena, node->string);
    more->node = more->current = node;
    scenario_revision_read(parts, &object, &more->first);
    more->runtime = more->first.scaling;
    object_table(&object, app_params, app);
    check_initial(reader, object.node, app, &more->first.scaling);
    scenario_autoscaler_read(parts, &object, app);
    read_policy(&object, "dispatch", policies_dispatch(reader->arena), &app->dispatch);
    more->endpoints = object_find(&object, "endpoints");
    if (more->endpoints) read_endpoints(reader, more->endpoints, app);
    object_find(&object, "traffic");
    object_close(&object);
    if (!*app->name) reader_key_error(reader, node, CODE_NAME, "a name", "an empty one", NULL);
}

void scenario_apps_read(struct parts *parts, const cJSON *node)
{
    const struct reader *reader = &parts->reader;
    struct object apps = object_open(reader, node, &keys_names);
    if (!apps.node) return;
    int count = cJSON_GetArraySize(node) - (json_child(node, "$comment") != NULL);
    if (count == 0) reader_error(reader, node, CODE_RANGE, "at least one app", "{\"NAME\": {...}}");
    if (count > APPS_MAX) {
        scenario_parts_too_many(parts, node, APPS_MAX, "apps");
        return;
    }
    parts->apps = arena_new(reader->arena, struct app_config, (size_t)count);
    parts->app_parts = arena_new(reader->arena, struct app_parts, (size_t)count);
    parts->config->apps = parts->apps;
    for (const cJSON *child = node->child; child; child = child->next)
        if (!object_is_comment(child)) read_app(parts, child, parts->config->app_count++);
}

bool scenario_apps_find(struct parts *parts, const cJSON *node, uint32_t *app)
{
    const struct reader *reader = &parts->reader;
    if (!cJSON_IsString(node))
        return reader_error(reader, node, CODE_TYPE, "the name of an app", NULL);
    struct suggest suggest = suggest_for(node->valuestring);
    for (uint32_t i = 0; i < parts->config->app_count; i++) {
        suggest_offer(&suggest, parts->apps[i].name);
        if (strcmp(parts->apps[i].name, node->valuestring) != 0) continue;
        *app = i;
        return true;
    }
    return reader_error(reader, node, CODE_NAME, "the name of an app",
                        reader_hint(reader, suggest_answer(&suggest)));
}
