#include "bench/input/scenario_parts.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/suggest.h"
#include "models/machine.h"

static void copy_catalogue(struct parts *parts)
{
    struct scenario_config *config = parts->config;
    parts->machines = arena_new(parts->reader.arena, struct machine_config, SCENARIO_MACHINES);
    config->machines = parts->machines;
    config->machine_count = 0;
    for (const struct machine_config *row = machine_catalogue; row->name; row++)
        parts->machines[config->machine_count++] = *row;
}

// NULL: no type of that name.
static struct machine_config *find(struct parts *parts, const char *name)
{
    for (uint32_t i = 0; i < parts->config->machine_count; i++)
        if (strcmp(parts->machines[i].name, name) == 0) return &parts->machines[i];
    return NULL;
}

static void read_price(struct object *object, struct machine_config *machine)
{
    static const struct number_range range = {0, 1e6};
    const struct reader *reader = object->reader;
    const cJSON *per_s = object_find(object, "price_usd_per_s");
    const cJSON *per_h = object_find(object, "price_usd_per_h");
    double price;
    if (per_s && per_h)
        reader_key_error(reader, per_h, CODE_KEY_TWICE,
                         "\"price_usd_per_s\" or \"price_usd_per_h\"", "both", NULL);
    else if (per_s && reader_number(reader, per_s, range, &price))
        machine->price_usd_per_s = price;
    else if (per_h && reader_number(reader, per_h, range, &price))
        machine->price_usd_per_s = price / 3600;
}

static void read_machine(struct parts *parts, const cJSON *node)
{
    static const struct number_range any_count = {0, UINT32_MAX};
    struct machine_config *machine = find(parts, node->string);
    struct object object = object_open(&parts->reader, node);
    if (!machine) {
        if (parts->config->machine_count == SCENARIO_MACHINES) {
            scenario_parts_too_many(parts, node, SCENARIO_MACHINES, "machine types");
            return;
        }
        machine = &parts->machines[parts->config->machine_count++];
        *machine = (struct machine_config){
            .name = arena_copy_text(parts->reader.arena, node->string),
            .price_usd_per_s = NAN,
            .capacity = UINT32_MAX,
            .source = "the scenario",
        };
        object_table(&object, machine_params, machine);
    } else {
        object_changes(&object, machine_params, machine);
    }
    read_price(&object, machine);
    const cJSON *capacity = object_find(&object, "capacity");
    if (capacity) reader_count(&parts->reader, capacity, any_count, &machine->capacity);
    object_close(&object);
}

void scenario_machines_read(struct parts *parts, const cJSON *node)
{
    copy_catalogue(parts);
    struct object types = object_open(&parts->reader, node);
    if (!types.node) return;
    for (const cJSON *child = node->child; child; child = child->next)
        if (!object_is_comment(child)) read_machine(parts, child);
}

bool scenario_machines_find(struct parts *parts, const cJSON *node, uint32_t *machine)
{
    const struct reader *reader = &parts->reader;
    if (!cJSON_IsString(node))
        return reader_error(reader, node, CODE_TYPE, "the name of a machine type", NULL);
    struct suggest suggest = suggest_for(node->valuestring);
    for (uint32_t i = 0; i < parts->config->machine_count; i++) {
        suggest_offer(&suggest, parts->machines[i].name);
        if (strcmp(parts->machines[i].name, node->valuestring) != 0) continue;
        *machine = i;
        return true;
    }
    const char *hint = reader_hint(reader, suggest_answer(&suggest));
    return reader_error(reader, node, CODE_NAME, "a machine type",
                        hint ? hint : "types of your own go into /machine_types");
}
