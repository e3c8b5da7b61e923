// How a runner starts and how it is watched: the keys of a revision that are objects of their own.

#include "bench/input/scenario_parts.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/dist_reader.h"
#include "bench/input/suggest.h"

enum { TIERS_MAX = 32, NODES_MAX = 4096 };

void scenario_tiers_read(struct parts *parts, const cJSON *node)
{
    const struct reader *reader = &parts->reader;
    struct object object = object_open(reader, node, &keys_names);
    int size = object.node ? cJSON_GetArraySize(node) : 0;
    if (size > TIERS_MAX) {
        scenario_parts_too_many(parts, node, TIERS_MAX, "tiers");
        return;
    }
    struct platform_config *platform = &parts->config->platform;
    struct tier_config *tiers = arena_new(reader->arena, struct tier_config, (size_t)size + 1);
    for (const cJSON *child = size ? node->child : NULL; child; child = child->next) {
        if (object_is_comment(child)) continue;
        struct tier_config *tier = &tiers[platform->tier_count++];
        tier->name = arena_copy_text(reader->arena, child->string);
        if (!dist_read_plain(reader, child, &tier->gb_per_s)) continue;
        if (!(dist_mean(&tier->gb_per_s) > 0))
            reader_error(reader, child, CODE_RANGE, "a bandwidth above 0 GB/s", NULL);
    }
    platform->tiers = tiers;
}

static const cJSON *ladder_of(const struct object *object)
{
    return object->node ? json_child(json_child(object->node, "setup"), "ladder") : NULL;
}

void scenario_start_reserve(struct object *object)
{
    if (ladder_of(object)) object->reserved = "setup";
}

static void find_tier(struct parts *parts, const cJSON *node, struct setup_step *step)
{
    const struct reader *reader = &parts->reader;
    const struct platform_config *platform = &parts->config->platform;
    if (!cJSON_IsString(node)) {
        reader_error(reader, node, CODE_TYPE, "the name of a tier", NULL);
        return;
    }
    struct suggest suggest = suggest_for(node->valuestring);
    for (uint32_t i = 0; i < platform->tier_count; i++) {
        suggest_offer(&suggest, platform->tiers[i].name);
        if (strcmp(platform->tiers[i].name, node->valuestring) != 0) continue;
        step->tier = i;
        return;
    }
    const char *hint = reader_hint(reader, suggest_answer(&suggest));
    reader_error(reader, node, CODE_NAME, "a tier of /platform/tiers",
                 hint ? hint : "its bandwidth goes there: {\"nvme\": 12}");
}

// A step is a time, or a size and a tier.
static void read_step(struct parts *parts, const cJSON *node, struct setup_step *step)
{
    static const struct number_range sizes = {1e-6, 1e6};
    const struct reader *reader = &parts->reader;
    struct object object = object_open(reader, node, &keys_setup_step);
    const cJSON *name = object_require(&object, "step"), *size = object_find(&object, "size_gb");
    const cJSON *tier = object_find(&object, "tier"), *time = object_find_timed(&object, "time");
    const char *text = name ? reader_text(reader, name) : NULL;
    step->name = text ? text : "";
    if (name && text && !*text) reader_error(reader, name, CODE_NAME, "a name", NULL);
    if (time && size)
        reader_key_error(reader, size, CODE_KEY_TWICE, "\"time\" or \"size_gb\"", "both", NULL);
    else if (!time && !size)
        object_lacks(&object, "time", "one of \"time\" and \"size_gb\"");
    object_dist(&object, "time", &step->time);
    if (size) reader_number(reader, size, sizes, &step->size_gb);
    if (size && !tier && !time) object_lacks(&object, "tier", "the key \"tier\"");
    if (tier && !size)
        reader_key_error(reader, tier, CODE_CONTRADICTION, "a tier with a size only", "\"tier\"",
                         "give \"size_gb\"");
    else if (tier)
        find_tier(parts, tier, step);
    object_close(&object);
}

static void check_names(struct parts *parts, const cJSON *node, const struct setup_step *steps,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (*steps[i].name && strcmp(steps[i].name, steps[count].name) == 0)
            reader_error(&parts->reader, json_child(node, "step"), CODE_CONTRADICTION,
                         "each step once", NULL);
}

static void read_ladder(struct parts *parts, struct object *object,
                        struct revision_config *revision)
{
    const struct reader *reader = &parts->reader;
    const cJSON *setup = object_find_timed(object, "setup");
    if (!setup || !ladder_of(object)) return;
    struct object form = object_open(reader, setup, &keys_ladder);
    const cJSON *ladder = object_find(&form, "ladder");
    object_close(&form);
    int size = cJSON_IsArray(ladder) ? cJSON_GetArraySize(ladder) : 0;
    if (size == 0 || size > SETUP_STEPS) {
        reader_error(reader, ladder, CODE_RANGE, "a list of 1 to 16 steps", NULL);
        return;
    }
    struct setup_step *steps = arena_new(reader->arena, struct setup_step, (size_t)size);
    for (const cJSON *step = ladder->child; step; step = step->next) {
        read_step(parts, step, &steps[revision->step_count]);
        check_names(parts, step, steps, revision->step_count);
        revision->step_count++;
    }
    revision->steps = steps;
}

static void read_docker_pull(struct parts *parts, const cJSON *node,
                             struct revision_config *revision)
{
    static const struct number_range share = {0, 1}, counts = {1, NODES_MAX};
    const struct reader *reader = &parts->reader;
    revision->image_cached = 1;
    if (!node) return;
    revision->image_cached = 0;
    struct object object = object_open(reader, node, &keys_docker_pull);
    const cJSON *cached = object_find(&object, "cached"), *nodes = object_find(&object, "nodes");
    if (cached && nodes)
        reader_key_error(reader, nodes, CODE_KEY_TWICE, "\"cached\" or \"nodes\"", "both", NULL);
    if (cached) reader_number(reader, cached, share, &revision->image_cached);
    if (nodes) reader_count(reader, nodes, counts, &revision->image_nodes);
    bool given = json_child(object.node, "time") || json_child(object.node, "time_s");
    if (!object_dist(&object, "time", &revision->docker_pull) && !given)
        object_lacks(&object, "time", "the key \"time\"");
    object_close(&object);
}

static void read_health_check(struct parts *parts, const cJSON *node,
                              struct revision_config *revision)
{
    struct object object = object_open(&parts->reader, node, &keys_health);
    object_table(&object, health_params, &revision->health);
    object_close(&object);
    revision->has_health_check = node != NULL;
}

void scenario_start_read(struct parts *parts, struct object *object,
                         struct revision_config *revision)
{
    read_ladder(parts, object, revision);
    read_docker_pull(parts, object_find(object, "docker_pull"), revision);
    read_health_check(parts, object_find(object, "health_check"), revision);
}
