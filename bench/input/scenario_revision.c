#include "bench/input/scenario_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"

static bool check_price(struct parts *parts, const cJSON *node, uint32_t id)
{
    const struct reader *reader = &parts->reader;
    const struct machine_config *machine = &parts->machines[id];
    if (!isnan(machine->price_usd_per_s)) return true;
    const char *name = machine->name;
    return diag_error(
        reader->diag, json_place(reader->json, node), CODE_PRICE, json_pointer(reader->json, node),
        diag_format(reader->diag, "a price for machine type %s", diag_quote(reader->diag, name)),
        "none (nobody publishes one)",
        diag_format(reader->diag, "give /machine_types/%s/price_usd_per_s or price_usd_per_h",
                    name));
}

static void add_machine(struct parts *parts, const cJSON *node, struct revision_config *revision)
{
    uint32_t id;
    if (!scenario_machines_find(parts, node, &id) || !check_price(parts, node, id)) return;
    for (uint32_t i = 0; i < revision->machine_count; i++) {
        if (revision->machines[i] != id) continue;
        reader_error(&parts->reader, node, CODE_CONTRADICTION, "each machine type once", NULL);
        return;
    }
    revision->machines[revision->machine_count++] = id;
}

static void add_default_machine(struct parts *parts, struct object *object,
                                struct revision_config *revision)
{
    for (uint32_t i = 0; i < parts->config->machine_count; i++) {
        if (strcmp(parts->machines[i].name, "S") != 0) continue;
        if (object->node && check_price(parts, object->node, i))
            revision->machines[revision->machine_count++] = i;
    }
}

static void read_machines(struct parts *parts, struct object *object,
                          struct revision_config *revision)
{
    const cJSON *node = object_find(object, "machine_type");
    int size = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 1;
    if (!node)
        add_default_machine(parts, object, revision);
    else if (!cJSON_IsArray(node))
        add_machine(parts, node, revision);
    else if (size == 0 || size > MACHINE_TYPES_PER_APP)
        reader_error(&parts->reader, node, CODE_RANGE, "a list of 1 to 8 machine types", NULL);
    else
        for (const cJSON *entry = node->child; entry; entry = entry->next)
            add_machine(parts, entry, revision);
}

static void read_docker_pull(struct parts *parts, const cJSON *node,
                             struct revision_config *revision)
{
    static const struct number_range share = {0, 1};
    revision->image_cached = 1;
    if (!node) return;
    revision->image_cached = 0;
    struct object object = object_open(&parts->reader, node);
    const cJSON *cached = object_find(&object, "cached");
    if (cached) reader_number(&parts->reader, cached, share, &revision->image_cached);
    bool given = json_child(object.node, "time") || json_child(object.node, "time_s");
    if (!object_dist(&object, "time", &revision->docker_pull) && !given)
        object_lacks(&object, "time", "the key \"time\"");
    object_close(&object);
}

// 0 for "crash"; false: neither that nor an error status.
static bool parse_status(const char *key, uint32_t *status)
{
    *status = 0;
    if (strcmp(key, "crash") == 0) return true;
    if (strlen(key) != 3 || strspn(key, "0123456789") != 3) return false;
    *status = (uint32_t)atoi(key);
    return *status >= 400 && *status <= 599;
}

static void read_response(struct parts *parts, const cJSON *node, struct revision_config *revision)
{
    static const struct number_range share = {0, 1};
    const struct reader *reader = &parts->reader;
    struct response_config response;
    if (object_is_comment(node)) return;
    if (!parse_status(node->string, &response.status)) {
        reader_key_error(reader, node, CODE_KEY_UNKNOWN, "a status from 400 to 599, or \"crash\"",
                         diag_quote(reader->diag, node->string), NULL);
        return;
    }
    if (!reader_number(reader, node, share, &response.probability)) return;
    if (revision->response_count == RESPONSES_PER_APP)
        scenario_parts_too_many(parts, node, RESPONSES_PER_APP, "responses");
    else
        revision->responses[revision->response_count++] = response;
}

static void read_responses(struct parts *parts, const cJSON *node, struct revision_config *revision)
{
    struct object object = object_open(&parts->reader, node);
    if (!object.node) return;
    for (const cJSON *child = node->child; child; child = child->next)
        read_response(parts, child, revision);
    double sum = 0;
    for (uint32_t i = 0; i < revision->response_count; i++)
        sum += revision->responses[i].probability;
    if (sum > 1 + 1e-12)
        reader_error(&parts->reader, node, CODE_PROBABILITY,
                     "probabilities that add up to at most 1",
                     diag_format(parts->reader.diag, "they add up to %g", sum));
}

// The node of a key in either form, or the object when the key is not there.
static const cJSON *key_node(const cJSON *object, const char *key)
{
    const cJSON *node = json_child(object, key);
    return node ? node : object;
}

void scenario_revision_check_scaling(struct parts *parts, const cJSON *node,
                                     const struct scaling_config *scaling)
{
    const struct reader *reader = &parts->reader;
    if (!node || scaling->min_concurrency <= scaling->max_concurrency) return;
    const cJSON *at = key_node(node, "min_concurrency");
    bool by_default = scaling->max_concurrency == 2 && !json_child(node, "max_concurrency");
    diag_error(reader->diag, json_place(reader->json, at), CODE_CONTRADICTION,
               json_pointer(reader->json, at),
               diag_format(reader->diag, "min_concurrency not above max_concurrency (%u)",
                           (unsigned)scaling->max_concurrency),
               diag_format(reader->diag, "%u", (unsigned)scaling->min_concurrency),
               by_default ? "max_concurrency is 2 unless it is given" : NULL);
}

static void check_gpus(struct parts *parts, const cJSON *node,
                       const struct revision_config *revision)
{
    const cJSON *at = json_child(node, "num_gpus");
    if (!at || revision->num_gpus == 1) return;
    for (uint32_t i = 0; i < revision->machine_count; i++) {
        const struct machine_config *machine = &parts->machines[revision->machines[i]];
        if (!machine->gpu)
            reader_error(&parts->reader, at, CODE_CONTRADICTION, "1 on a type without GPUs",
                         diag_format(parts->reader.diag, "%s has none",
                                     diag_quote(parts->reader.diag, machine->name)));
    }
}

void scenario_revision_read(struct parts *parts, struct object *object,
                            struct revision_config *revision)
{
    *revision = (struct revision_config){0};
    object_table(object, scaling_params, &revision->scaling);
    object_table(object, revision_params, revision);
    const cJSON *deployment = json_child(object->node, "deployment");
    bool ephemeral =
        cJSON_IsString(deployment) && strcmp(deployment->valuestring, "ephemeral") == 0;
    if (ephemeral && !json_child(object->node, "auth_mode")) revision->auth_mode = AUTH_PUBLIC;
    read_machines(parts, object, revision);
    read_docker_pull(parts, object_find(object, "docker_pull"), revision);
    read_responses(parts, object_find(object, "responses"), revision);
    scenario_revision_check_scaling(parts, object->node, &revision->scaling);
    check_gpus(parts, object->node, revision);
}
