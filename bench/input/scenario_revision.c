#include "bench/input/scenario_parts.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/scenario_request.h"

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

static void add_row(struct parts *parts, const cJSON *node, struct revision_config *revision,
                    uint32_t row)
{
    if (revision->machine_count == PLACES_PER_APP)
        scenario_parts_too_many(parts, node, PLACES_PER_APP, "machine types times regions");
    else
        revision->machines[revision->machine_count++] = row;
}

struct regions { // where an app may run, in its order; count 0: anywhere
    uint32_t ids[REGIONS];
    uint32_t count;
};

// The rows of a type: one, or one for each region that the app may use (M4).
static void add_places(struct parts *parts, const cJSON *node, struct revision_config *revision,
                       uint32_t type, const struct regions *regions)
{
    const struct reader *reader = &parts->reader;
    const struct machine_config *machines = parts->machines;
    uint32_t before = revision->machine_count, row;
    for (uint32_t i = 0; i < regions->count; i++)
        if (scenario_machines_row(parts, type, regions->ids[i], &row))
            add_row(parts, node, revision, row);
    for (uint32_t i = 0; regions->count == 0 && i < parts->config->machine_count; i++)
        if (strcmp(machines[i].name, machines[type].name) == 0) add_row(parts, node, revision, i);
    if (revision->machine_count > before) return;
    reader_error(reader, node, CODE_CONTRADICTION, "a machine type with capacity in valid_regions",
                 diag_format(reader->diag, "give /machine_types/%s/capacity by region",
                             machines[type].name));
}

static void add_machine(struct parts *parts, const cJSON *node, struct revision_config *revision,
                        const struct regions *regions)
{
    const struct machine_config *machines = parts->machines;
    uint32_t id;
    if (!scenario_machines_find(parts, node, &id) || !check_price(parts, node, id)) return;
    for (uint32_t i = 0; i < revision->machine_count; i++) {
        if (strcmp(machines[revision->machines[i]].name, machines[id].name) != 0) continue;
        reader_error(&parts->reader, node, CODE_CONTRADICTION, "each machine type once", NULL);
        return;
    }
    add_places(parts, node, revision, id, regions);
}

static void add_default_machine(struct parts *parts, struct object *object,
                                struct revision_config *revision, const struct regions *regions)
{
    for (uint32_t i = 0; i < parts->config->machine_count; i++) {
        if (strcmp(parts->machines[i].name, "S") != 0) continue;
        if (object->node && check_price(parts, object->node, i))
            add_places(parts, object->node, revision, i, regions);
        return;
    }
}

static struct regions read_regions(struct parts *parts, const cJSON *node)
{
    const struct reader *reader = &parts->reader;
    struct regions regions = {.count = 0};
    int size = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (!node) return regions;
    if (size == 0 || size >= REGIONS) {
        reader_error(reader, node, CODE_RANGE, "a list of 1 to 15 regions", NULL);
        return regions;
    }
    for (const cJSON *entry = node->child; entry; entry = entry->next) {
        uint32_t id = 0;
        if (!scenario_regions_find(parts, entry, &id)) continue;
        for (uint32_t i = 0; i < regions.count; i++)
            if (regions.ids[i] == id)
                reader_error(reader, entry, CODE_CONTRADICTION, "each region once", NULL);
        regions.ids[regions.count++] = id;
    }
    return regions;
}

static void read_machines(struct parts *parts, struct object *object,
                          struct revision_config *revision)
{
    struct regions regions = read_regions(parts, object_find(object, "valid_regions"));
    const cJSON *node = object_find(object, "machine_type");
    int size = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 1;
    if (!node)
        add_default_machine(parts, object, revision, &regions);
    else if (!cJSON_IsArray(node))
        add_machine(parts, node, revision, &regions);
    else if (size == 0 || size > MACHINE_TYPES_PER_APP)
        reader_error(&parts->reader, node, CODE_RANGE, "a list of 1 to 8 machine types", NULL);
    else
        for (const cJSON *entry = node->child; entry; entry = entry->next)
            add_machine(parts, entry, revision, &regions);
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
    scenario_start_reserve(object);
    object_table(object, scaling_params, &revision->scaling);
    object_table(object, revision_params, revision);
    const cJSON *deployment = json_child(object->node, "deployment");
    bool ephemeral =
        cJSON_IsString(deployment) && strcmp(deployment->valuestring, "ephemeral") == 0;
    if (ephemeral && !json_child(object->node, "auth_mode")) revision->auth_mode = AUTH_PUBLIC;
    read_machines(parts, object, revision);
    scenario_start_read(parts, object, revision);
    scenario_request_read(parts, object, revision);
    scenario_revision_check_scaling(parts, object->node, &revision->scaling);
    check_gpus(parts, object->node, revision);
}
