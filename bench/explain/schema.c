#include "bench/explain/schema.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/json.h"
#include "bench/input/json_text.h"
#include "bench/input/keys.h"
#include "bench/input/reader.h"
#include "sim/arena.h"
#include "sim/check.h"
#include "sim/dist.h"

#define DURATION "([0-9]+([.][0-9]+)?(d|h|m|s|ms|us|ns))+"
#define LONGEST 1e9 // seconds of a distribution's argument

struct schema {
    struct arena *arena;
    cJSON *definitions;
};

struct mode {
    bool plain;   // times are plain numbers (distributions of numbers)
    bool seconds; // the key ends with "_s"
};

static cJSON *form_of(struct schema *schema, const struct key_form *form, struct mode mode);
static cJSON *reference(struct schema *schema, const struct keys *keys, struct mode mode);

static cJSON *type_of(const char *type)
{
    cJSON *node = cJSON_CreateObject();
    cJSON_AddStringToObject(node, "type", type);
    return node;
}

static cJSON *number_of(const char *type, double min, double max)
{
    cJSON *node = type_of(type);
    cJSON_AddNumberToObject(node, "minimum", min);
    if (!isinf(max)) cJSON_AddNumberToObject(node, "maximum", max);
    return node;
}

static cJSON *text_of(const char *pattern)
{
    cJSON *node = type_of("string");
    if (pattern) cJSON_AddStringToObject(node, "pattern", pattern);
    return node;
}

static cJSON *word_of(const char *word)
{
    cJSON *node = cJSON_CreateObject();
    cJSON_AddStringToObject(node, "const", word);
    return node;
}

// {"NAME": [a, b]}
static cJSON *group_of(const char *name, cJSON *a, cJSON *b)
{
    cJSON *node = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(node, name);
    cJSON_AddItemToArray(list, a);
    if (b) cJSON_AddItemToArray(list, b);
    return node;
}

static cJSON *ref_of(const char *name)
{
    char text[96];
    cJSON *node = cJSON_CreateObject();
    snprintf(text, sizeof text, "#/definitions/%s", name);
    cJSON_AddStringToObject(node, "$ref", text);
    return node;
}

// Values.

static cJSON *count_of(const struct key_form *form)
{
    if (form->max < UINT32_MAX) return number_of("integer", form->min, form->max);
    return group_of("anyOf", number_of("integer", form->min, INFINITY), word_of("unlimited"));
}

static cJSON *time_of(const struct key_form *form, struct mode mode)
{
    if (mode.plain || mode.seconds)
        return number_of("number", form->min, fmin(form->max, SECONDS_MAX));
    return text_of(isinf(form->max) ? "^(never|" DURATION ")$" : "^" DURATION "$");
}

static cJSON *dist_of(struct mode mode)
{
    if (mode.seconds) return number_of("number", 0, SECONDS_MAX);
    return ref_of(mode.plain ? "plain_distribution" : "distribution");
}

static cJSON *choice_of(struct schema *schema, const struct key_form *form)
{
    const char *const *words = form->list ? form->list(schema->arena) : form->words;
    cJSON *node = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(node, "enum");
    for (; *words; words++)
        cJSON_AddItemToArray(list, cJSON_CreateString(*words));
    return node;
}

static cJSON *list_of(struct schema *schema, const struct key_form *form, struct mode mode)
{
    cJSON *node = type_of("array");
    if (form->min > 0) cJSON_AddNumberToObject(node, "minItems", form->min);
    if (!isinf(form->max)) cJSON_AddNumberToObject(node, "maxItems", form->max);
    cJSON_AddItemToObject(node, "items", form_of(schema, form->entry, mode));
    return node;
}

static void add_comment(cJSON *node)
{
    cJSON *properties = cJSON_AddObjectToObject(node, "properties");
    cJSON_AddTrueToObject(properties, "$comment");
}

static cJSON *names_of(struct schema *schema, const struct key_form *form, struct mode mode)
{
    cJSON *node = type_of("object"), *entry = form_of(schema, form->entry, mode);
    add_comment(node);
    if (!form->pattern) {
        cJSON_AddItemToObject(node, "additionalProperties", entry);
        return node;
    }
    cJSON *patterns = cJSON_AddObjectToObject(node, "patternProperties");
    cJSON_AddItemToObject(patterns, form->pattern, entry);
    cJSON_AddFalseToObject(node, "additionalProperties");
    return node;
}

// [0.5, "2s"]
static cJSON *point_of(struct mode mode)
{
    static const struct key_form time = {.kind = KEY_TIME, .min = 0, .max = LONGEST};
    cJSON *node = type_of("array"), *items = cJSON_AddArrayToObject(node, "items");
    cJSON_AddItemToArray(items, number_of("number", 0, 1));
    cJSON_AddItemToArray(items, time_of(&time, mode));
    cJSON_AddNumberToObject(node, "minItems", 2);
    cJSON_AddNumberToObject(node, "maxItems", 2);
    return node;
}

static cJSON *one_form_of(struct schema *schema, const struct key_form *form, struct mode mode)
{
    switch (form->kind) {
    case KEY_COUNT:
        return count_of(form);
    case KEY_NUMBER:
        return number_of("number", form->min, form->max);
    case KEY_TIME:
        return time_of(form, mode);
    case KEY_DIST:
        return dist_of(mode);
    case KEY_PLAIN_DIST:
        return ref_of("plain_distribution");
    case KEY_FLAG:
        return type_of("boolean");
    case KEY_CHOICE:
        return choice_of(schema, form);
    case KEY_TEXT:
        return text_of(form->pattern);
    case KEY_OBJECT:
        return reference(schema, form->object, (struct mode){.plain = mode.plain});
    case KEY_LIST:
        return list_of(schema, form, mode);
    case KEY_NAMES:
        return names_of(schema, form, mode);
    case KEY_POINT:
        return point_of(mode);
    case KEY_ANY:
        break;
    }
    return cJSON_CreateObject();
}

static cJSON *form_of(struct schema *schema, const struct key_form *form, struct mode mode)
{
    cJSON *node = one_form_of(schema, form, mode);
    if (!form->other || mode.seconds) return node; // the other forms are no times
    return group_of("anyOf", node, form_of(schema, form->other, mode));
}

// Objects.

static void add_default(cJSON *node, const struct key *key)
{
    char text[KEY_DEFAULT_TEXT];
    const char *fallback = key_default(key, text);
    if (!fallback || *fallback == '(') return;
    cJSON *value = cJSON_Parse(fallback);
    SIM_CHECK(value);
    cJSON_AddItemToObject(node, "default", value);
}

// A reference stands alone in draft-07, so it is wrapped.
static void add_property(struct schema *schema, cJSON *properties, const struct keys *keys,
                         const struct key *key, struct mode mode)
{
    char name[96], help[512];
    cJSON *node = form_of(schema, &key->form, mode);
    if (keys->changes) node = group_of("anyOf", node, type_of("null"));
    if (cJSON_GetObjectItemCaseSensitive(node, "$ref")) node = group_of("allOf", node, NULL);
    snprintf(name, sizeof name, "%s%s", key->name, mode.seconds ? "_s" : "");
    snprintf(help, sizeof help, "%s%s", key->help, mode.seconds ? "; in seconds" : "");
    cJSON_AddStringToObject(node, "description", help);
    if (!mode.seconds && !keys->changes) add_default(node, key);
    cJSON_AddItemToObject(properties, name, node);
}

static void add_required(cJSON *list, const char *name, const char *ending)
{
    char text[96];
    snprintf(text, sizeof text, "%s%s", name, ending);
    cJSON *node = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(node, "required"), cJSON_CreateString(text));
    cJSON_AddItemToArray(list, node);
}

// The key, in one of its forms.
static void add_forms(cJSON *list, const struct key *key)
{
    add_required(list, key->name, "");
    if (key->timed) add_required(list, key->name, "_s");
}

static void add_needs(cJSON *node, const struct keys *keys)
{
    cJSON *all = cJSON_CreateArray(), *one = cJSON_CreateArray();
    struct key key;
    for (size_t at = 0; keys_next(keys, &at, &key);) {
        if (key.need == KEY_ONE) add_forms(one, &key);
        if (key.need != KEY_REQUIRED) continue;
        cJSON *need = cJSON_CreateObject();
        add_forms(cJSON_AddArrayToObject(need, "anyOf"), &key);
        cJSON_AddItemToArray(all, need);
    }
    if (one->child) {
        cJSON *need = cJSON_CreateObject();
        cJSON_AddItemToObject(need, "oneOf", one);
        cJSON_AddItemToArray(all, need);
    } else {
        cJSON_Delete(one);
    }
    if (all->child && !keys->changes)
        cJSON_AddItemToObject(node, "allOf", all);
    else
        cJSON_Delete(all);
}

// Notes may stand in every object that has keys of its own.
static void add_notes(cJSON *node)
{
    cJSON *patterns = cJSON_AddObjectToObject(node, "patternProperties");
    cJSON_AddTrueToObject(patterns, "^(x-.*|[$]comment)$");
    cJSON_AddFalseToObject(node, "additionalProperties");
}

static cJSON *reference(struct schema *schema, const struct keys *keys, struct mode mode)
{
    char name[80];
    snprintf(name, sizeof name, "%s%s", mode.plain ? "plain_" : "", keys->id);
    if (cJSON_GetObjectItemCaseSensitive(schema->definitions, name)) return ref_of(name);
    cJSON *node = cJSON_AddObjectToObject(schema->definitions, name);
    cJSON_AddStringToObject(node, "type", "object");
    cJSON_AddStringToObject(node, "description", keys->what);
    cJSON *properties = cJSON_AddObjectToObject(node, "properties");
    struct key key;
    for (size_t at = 0; keys_next(keys, &at, &key);) {
        add_property(schema, properties, keys, &key, mode);
        struct mode seconds = {.plain = mode.plain, .seconds = true};
        if (key.timed) add_property(schema, properties, keys, &key, seconds);
    }
    add_notes(node);
    add_needs(node, keys);
    return ref_of(name);
}

// Distributions.

static cJSON *argument_of(const struct dist_arg *arg, struct mode mode)
{
    struct key_form form = {.kind = KEY_TIME, .min = arg->min, .max = arg->max};
    cJSON *node =
        arg->type == DIST_ARG_TIME
            ? time_of(&form, mode)
            : number_of(arg->type == DIST_ARG_COUNT ? "integer" : "number", arg->min, arg->max);
    cJSON *least = cJSON_GetObjectItemCaseSensitive(node, "minimum");
    if (arg->open && least) {
        cJSON_DeleteItemFromObjectCaseSensitive(node, "minimum");
        cJSON_AddNumberToObject(node, "exclusiveMinimum", arg->min);
    }
    return node;
}

static cJSON *arguments_of(const struct dist_form *form, struct mode mode)
{
    cJSON *node = type_of("object");
    cJSON_AddStringToObject(node, "description", form->help);
    cJSON *properties = cJSON_AddObjectToObject(node, "properties");
    cJSON *all = cJSON_CreateArray();
    for (const struct dist_arg *arg = form->args; arg->key; arg++) {
        struct key key = {.name = arg->key, .timed = arg->type == DIST_ARG_TIME};
        char timed[64];
        snprintf(timed, sizeof timed, "%s_s", arg->key);
        struct mode seconds = {.plain = mode.plain, .seconds = true};
        cJSON_AddItemToObject(properties, arg->key, argument_of(arg, mode));
        if (key.timed) cJSON_AddItemToObject(properties, timed, argument_of(arg, seconds));
        cJSON *need = cJSON_CreateObject();
        add_forms(cJSON_AddArrayToObject(need, "anyOf"), &key);
        cJSON_AddItemToArray(all, need);
    }
    add_notes(node);
    cJSON_AddItemToObject(node, "allOf", all);
    return node;
}

// All rows of a name, and the only argument without its name.
static cJSON *named_of(const char *name, struct mode mode)
{
    cJSON *node = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(node, "anyOf");
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        if (strcmp(form->name, name) != 0) continue;
        bool direct = !form->args[1].key && form->args[0].type == DIST_ARG_TIME;
        if (direct) cJSON_AddItemToArray(list, argument_of(&form->args[0], mode));
        cJSON_AddItemToArray(list, arguments_of(form, mode));
    }
    return node;
}

static void add_distribution(struct schema *schema, const char *name, struct mode mode)
{
    static const struct keys *const lists[] = {&keys_empirical, &keys_quantiles,
                                               &keys_hyperexponential, &keys_mixture};
    static const struct key_form time = {.kind = KEY_TIME, .min = 0, .max = LONGEST};
    cJSON *object = type_of("object"), *properties = cJSON_AddObjectToObject(object, "properties");
    cJSON_AddItemToObject(schema->definitions, name,
                          group_of("anyOf", time_of(&time, mode), object));
    for (const struct dist_form *form = dist_forms; form->name; form++)
        if (!cJSON_GetObjectItemCaseSensitive(properties, form->name))
            cJSON_AddItemToObject(properties, form->name, named_of(form->name, mode));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        cJSON_AddItemToObject(properties, lists[i]->id, reference(schema, lists[i], mode));
    cJSON_AddFalseToObject(object, "additionalProperties");
    cJSON_AddNumberToObject(object, "minProperties", 1);
    cJSON_AddNumberToObject(object, "maxProperties", 1);
}

// A property is a line, and what holds properties is broken into lines.
static void print(FILE *out, struct arena *arena, const cJSON *node, int depth)
{
    enum { PROPERTY = 4 };
    if (depth >= PROPERTY || !cJSON_IsObject(node) || !node->child) {
        fputs(json_write(arena, node), out);
        return;
    }
    fputc('{', out);
    for (const cJSON *child = node->child; child; child = child->next) {
        fprintf(out, "%s\n%*s", child == node->child ? "" : ",", depth + 1, "");
        json_write_string(out, child->string);
        fputs(": ", out);
        print(out, arena, child, depth + 1);
    }
    fprintf(out, "\n%*s}", depth, "");
}

void schema_print(FILE *out)
{
    struct schema schema = {.arena = arena_create(64 << 20)};
    SIM_CHECK(schema.arena);
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "$schema", "http://json-schema.org/draft-07/schema#");
    cJSON_AddStringToObject(root, "title", "A scenario of warmpool");
    schema.definitions = cJSON_CreateObject();
    cJSON *all = cJSON_AddArrayToObject(root, "allOf");
    cJSON_AddItemToArray(all, reference(&schema, &keys_scenario, (struct mode){0}));
    add_distribution(&schema, "distribution", (struct mode){0});
    add_distribution(&schema, "plain_distribution", (struct mode){.plain = true});
    cJSON_AddItemToObject(root, "definitions", schema.definitions);
    print(out, schema.arena, root, 0);
    fputc('\n', out);
    cJSON_Delete(root);
    arena_destroy(schema.arena);
}
