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

// Under "prices": "committed" the catalogue's price is the committed one, where one is published.
static void choose_table(struct parts *parts)
{
    bool committed = strcmp(parts->config->prices, "committed") == 0;
    for (uint32_t i = 0; committed && i < parts->config->machine_count; i++)
        parts->machines[i].price_usd_per_s = parts->machines[i].committed_usd_per_s;
}

static void read_surge(struct parts *parts, const cJSON *node, struct surge_config *surge)
{
    static const struct time_range range = {0, SECONDS_MAX};
    static const struct number_range factors = {0, 1000};
    struct object object = object_open(&parts->reader, node, &keys_surge);
    const cJSON *until = object_find_timed(&object, "until");
    const cJSON *factor = object_require(&object, "factor");
    object_time(&object, "from", range, &surge->from);
    if (!object_time(&object, "until", range, &surge->until) && !until)
        object_lacks(&object, "until", "the key \"until\"");
    else if (until && surge->until <= surge->from)
        reader_error(&parts->reader, until, CODE_CONTRADICTION, "\"until\" after \"from\"", NULL);
    if (factor) reader_number(&parts->reader, factor, factors, &surge->factor);
    object_close(&object);
}

static void read_surges(struct parts *parts, const cJSON *node, struct machine_config *machine)
{
    const struct reader *reader = &parts->reader;
    int size = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (size == 0 || size > SURGES_PER_MACHINE) {
        reader_error(reader, node, CODE_RANGE, "a list of 1 to 16 price windows", NULL);
        return;
    }
    struct surge_config *surges = arena_new(reader->arena, struct surge_config, (size_t)size);
    uint32_t count = 0;
    for (const cJSON *entry = node->child; entry; entry = entry->next, count++) {
        read_surge(parts, entry, &surges[count]);
        if (count > 0 && surges[count].from < surges[count - 1].until)
            reader_error(reader, entry, CODE_CONTRADICTION,
                         "windows in the order of time that do not overlap", NULL);
    }
    machine->surges = surges;
    machine->surge_count = count;
}

// The number of a region, from 1; 0: too many (reported).
static uint32_t region_id(struct parts *parts, const cJSON *node)
{
    for (uint32_t i = 0; i < parts->region_count; i++)
        if (strcmp(parts->regions[i], node->string) == 0) return i + 1;
    if (parts->region_count == REGIONS - 1) {
        scenario_parts_too_many(parts, node, REGIONS - 1, "regions");
        return 0;
    }
    parts->regions[parts->region_count] = arena_copy_text(parts->reader.arena, node->string);
    return ++parts->region_count;
}

// {"us-west": 4, "eu-north": 2}: the type becomes a row for each region (M4).
static void read_regions(struct parts *parts, const cJSON *node, struct machine_config *machine)
{
    static const struct number_range any_count = {0, UINT32_MAX};
    struct machine_config type = *machine;
    bool first = true;
    if (!node->child)
        reader_error(&parts->reader, node, CODE_RANGE, "at least one region", "{\"us-west\": 4}");
    for (const cJSON *child = node->child; child; child = child->next) {
        if (object_is_comment(child)) continue;
        uint32_t id = region_id(parts, child);
        if (id == 0) return;
        if (!first && parts->config->machine_count == SCENARIO_MACHINES) {
            scenario_parts_too_many(parts, child, SCENARIO_MACHINES, "machine types by region");
            return;
        }
        struct machine_config *row =
            first ? machine : &parts->machines[parts->config->machine_count++];
        *row = type;
        first = false;
        row->region_id = id;
        row->region = parts->regions[id - 1];
        reader_count(&parts->reader, child, any_count, &row->capacity);
    }
}

static void read_machine(struct parts *parts, const cJSON *node)
{
    static const struct number_range any_count = {0, UINT32_MAX};
    struct machine_config *machine = find(parts, node->string);
    struct object object = object_open(&parts->reader, node, &keys_machine);
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
    const cJSON *surge = object_find(&object, "surge");
    if (surge) read_surges(parts, surge, machine);
    if (cJSON_IsObject(capacity))
        read_regions(parts, capacity, machine);
    else if (capacity)
        reader_count(&parts->reader, capacity, any_count, &machine->capacity);
    object_close(&object);
}

void scenario_machines_read(struct parts *parts, const cJSON *node)
{
    copy_catalogue(parts);
    choose_table(parts);
    struct object types = object_open(&parts->reader, node, &keys_names);
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

bool scenario_regions_find(struct parts *parts, const cJSON *node, uint32_t *region)
{
    const struct reader *reader = &parts->reader;
    if (!cJSON_IsString(node))
        return reader_error(reader, node, CODE_TYPE, "the name of a region", NULL);
    struct suggest suggest = suggest_for(node->valuestring);
    for (uint32_t i = 0; i < parts->region_count; i++) {
        suggest_offer(&suggest, parts->regions[i]);
        if (strcmp(parts->regions[i], node->valuestring) != 0) continue;
        *region = i + 1;
        return true;
    }
    const char *hint = reader_hint(reader, suggest_answer(&suggest));
    return reader_error(reader, node, CODE_NAME, "a region of a machine type's capacity",
                        hint ? hint : "/machine_types/NAME/capacity names the regions");
}

bool scenario_machines_row(const struct parts *parts, uint32_t type, uint32_t region, uint32_t *row)
{
    const struct machine_config *machines = parts->machines;
    for (uint32_t i = 0; i < parts->config->machine_count; i++) {
        if (strcmp(machines[i].name, machines[type].name) != 0 || machines[i].region_id != region)
            continue;
        *row = i;
        return true;
    }
    return false;
}
