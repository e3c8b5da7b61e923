#include "bench/input/scenario_callers.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/suggest.h"

static enum caller_kind kind_of(const char *name)
{
    static const char *const names[] = {"owner", "team", NULL, "anonymous"}; // by enum caller_kind
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && strcmp(names[i], name) == 0) return (enum caller_kind)i;
    return CALLER_USER;
}

uint32_t scenario_callers_id(struct parts *parts, const cJSON *node, const char *name)
{
    struct scenario_config *config = parts->config;
    for (uint32_t i = 0; i < config->caller_count; i++)
        if (strcmp(parts->callers[i].name, name) == 0) return i;
    if (config->caller_count == CALLERS_MAX) {
        scenario_parts_too_many(parts, node, CALLERS_MAX, "callers");
        return 0;
    }
    parts->callers[config->caller_count] =
        (struct caller_config){.name = name, .kind = kind_of(name)};
    return config->caller_count++;
}

static void read_caller(struct parts *parts, const cJSON *node)
{
    static const struct number_range range = {1, 1e6};
    const struct reader *reader = &parts->reader;
    struct object object = object_open(reader, node, &keys_caller);
    const cJSON *limit = object_find(&object, "concurrency_limit");
    object_close(&object);
    if (!*node->string || kind_of(node->string) != CALLER_USER) {
        reader_key_error(reader, node, CODE_NAME, "a caller with an account of its own",
                         diag_quote(reader->diag, node->string), NULL);
        return;
    }
    uint32_t id = scenario_callers_id(parts, node, arena_copy_text(reader->arena, node->string));
    if (limit) reader_count(reader, limit, range, &parts->callers[id].concurrency_limit);
}

void scenario_callers_read(struct parts *parts, const cJSON *node)
{
    parts->callers = arena_new(parts->reader.arena, struct caller_config, CALLERS_MAX);
    parts->callers[0] = (struct caller_config){.name = "owner", .kind = CALLER_OWNER};
    parts->config->callers = parts->callers;
    parts->config->caller_count = 1;
    struct object object = object_open(&parts->reader, node, &keys_names);
    if (!object.node) return;
    for (const cJSON *child = node->child; child; child = child->next)
        if (!object_is_comment(child)) read_caller(parts, child);
}

bool scenario_callers_find(struct parts *parts, const cJSON *node, uint32_t *caller)
{
    const struct reader *reader = &parts->reader;
    if (!cJSON_IsString(node))
        return reader_error(reader, node, CODE_TYPE, "the name of a caller", NULL);
    struct suggest suggest = suggest_for(node->valuestring);
    for (uint32_t i = 0; i < parts->config->caller_count; i++) {
        suggest_offer(&suggest, parts->callers[i].name);
        if (strcmp(parts->callers[i].name, node->valuestring) != 0) continue;
        *caller = i;
        return true;
    }
    return reader_error(reader, node, CODE_NAME, "the name of a caller",
                        reader_hint(reader, suggest_answer(&suggest)));
}

static bool is_in_trace(const struct trace_spec *trace, const char *name)
{
    uint32_t index;
    return trace->callers && trace_names_find(trace->callers, name, &index);
}

static bool calls(const struct parts *parts, const char *name)
{
    for (uint32_t i = 0; i < parts->config->traffic_count; i++)
        if (strcmp(parts->callers[parts->traffic[i].caller].name, name) == 0 ||
            is_in_trace(&parts->traces[i], name))
            return true;
    return false;
}

void scenario_callers_check(struct parts *parts, const cJSON *node)
{
    const struct reader *reader = &parts->reader;
    if (!cJSON_IsObject(node)) return;
    for (const cJSON *child = node->child; child; child = child->next) {
        bool known = kind_of(child->string) != CALLER_USER; // reported already
        if (object_is_comment(child) || known || calls(parts, child->string)) continue;
        reader_key_error(reader, child, CODE_NAME, "the caller of some source",
                         diag_quote(reader->diag, child->string), NULL);
    }
}
