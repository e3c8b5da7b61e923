#include "bench/input/object.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/dist_reader.h"
#include "bench/input/suggest.h"
#include "sim/check.h"

struct object object_open(const struct reader *reader, const cJSON *node, const struct keys *kind)
{
    struct object object = {.reader = reader, .kind = kind};
    if (cJSON_IsObject(node))
        object.node = node;
    else if (node)
        reader_error(reader, node, CODE_TYPE, "an object", NULL);
    return object;
}

// Is `given` the key with "_s"?
static bool is_seconds_form(const char *given, const char *key)
{
    size_t length = strlen(key);
    return strncmp(given, key, length) == 0 && strcmp(given + length, "_s") == 0;
}

static bool is_known(const struct object *object, const char *given)
{
    for (uint32_t i = 0; i < object->key_count; i++) {
        const struct object_key *key = &object->keys[i];
        if (strcmp(key->name, given) == 0) return true;
        if (key->timed && is_seconds_form(given, key->name)) return true;
    }
    return false;
}

// A key that is asked for without a row would be one that `explain` and the schema do not know.
#ifdef SIM_CHECKS_SLOW
static void check_row(const struct object *object, const char *name, bool timed)
{
    const struct keys *kind = object->kind;
    struct key key;
    bool found = kind && keys_find(kind, name, &key);
    if (found && key.timed == timed) return;
    check_failed(__func__, __FILE__, __LINE__,
                 diag_format(object->reader->diag, "the key \"%s\" of %s has no row%s: see %s",
                             name, kind ? kind->what : "an object without keys",
                             found ? " that says the same about \"_s\"" : "",
                             kind ? kind->file : "bench/input/keys.h"));
}
#endif

static void allow(struct object *object, const char *name, bool timed)
{
    for (uint32_t i = 0; i < object->key_count; i++)
        if (strcmp(object->keys[i].name, name) == 0) return;
#ifdef SIM_CHECKS_SLOW
    check_row(object, name, timed);
#endif
    SIM_CHECK(object->key_count < OBJECT_KEYS_MAX);
    object->keys[object->key_count++] = (struct object_key){name, timed};
}

const cJSON *object_find(struct object *object, const char *key)
{
    allow(object, key, false);
    return json_child(object->node, key);
}

bool object_lacks(const struct object *object, const char *key, const char *what)
{
    const struct reader *reader = object->reader;
    if (!object->node) return false;
    return diag_error(reader->diag, json_place(reader->json, object->node), CODE_KEY_MISSING,
                      json_pointer_to(reader->json, object->node, key), what, "nothing", NULL);
}

const cJSON *object_require(struct object *object, const char *key)
{
    const cJSON *node = object_find(object, key);
    if (!node) object_lacks(object, key, diag_format(object->reader->diag, "the key \"%s\"", key));
    return node;
}

// NULL: not given under the key with "_s".
static const cJSON *find_seconds(const struct object *object, const char *key)
{
    const cJSON *child = object->node ? object->node->child : NULL;
    while (child && !is_seconds_form(child->string, key))
        child = child->next;
    return child;
}

const cJSON *object_find_timed(struct object *object, const char *key)
{
    allow(object, key, true);
    const cJSON *text = json_child(object->node, key), *number = find_seconds(object, key);
    if (text && number) {
        reader_key_error(object->reader, number, CODE_KEY_TWICE,
                         diag_format(object->reader->diag, "\"%s\" or \"%s_s\"", key, key), "both",
                         NULL);
        return NULL;
    }
    return text ? text : number;
}

bool object_has(const struct object *object, const char *key)
{
    return json_child(object->node, key) || find_seconds(object, key);
}

bool object_require_timed(struct object *object, const char *key)
{
    allow(object, key, true);
    if (object_has(object, key)) return true;
    return object_lacks(object, key, diag_format(object->reader->diag, "the key \"%s\"", key));
}

// Was it given under the key with "_s"?
static bool in_seconds(const cJSON *node, const char *key)
{
    return strcmp(node->string, key) != 0;
}

bool object_time(struct object *object, const char *key, struct time_range range, sim_time *value)
{
    const cJSON *node = object_find_timed(object, key);
    double seconds;
    if (!node) return false;
    if (!in_seconds(node, key)) return reader_time(object->reader, node, range, value);
    if (!reader_seconds(object->reader, node, range, &seconds)) return false;
    *value = sim_from_seconds(seconds);
    return true;
}

bool object_duration(struct object *object, const char *key, struct time_range range,
                     double *seconds)
{
    const cJSON *node = object_find_timed(object, key);
    sim_time time;
    if (!node) return false;
    if (object->reader->plain)
        return reader_number(object->reader, node, (struct number_range){range.min, range.max},
                             seconds);
    if (in_seconds(node, key)) return reader_seconds(object->reader, node, range, seconds);
    if (!reader_time(object->reader, node, range, &time)) return false;
    *seconds = sim_seconds(time);
    return true;
}

bool object_dist(struct object *object, const char *key, struct dist *value)
{
    const cJSON *node = object_find_timed(object, key);
    struct time_range range = {0, SECONDS_MAX};
    double seconds;
    if (!node) return false;
    if (!in_seconds(node, key)) return dist_read(object->reader, node, value);
    if (!reader_seconds(object->reader, node, range, &seconds)) return false;
    *value = dist_constant(seconds);
    return true;
}

// Tables.

static void *field(void *base, const struct param *param)
{
    return (char *)base + param->offset;
}

static void put_default(const struct param *param, void *base)
{
    double value = isnan(param->fallback) ? param->min : param->fallback;
    void *at = field(base, param);
    switch (param->type) {
    case PARAM_COUNT:
    case PARAM_CHOICE:
        *(uint32_t *)at = (uint32_t)value;
        break;
    case PARAM_NUMBER:
        *(double *)at = value;
        break;
    case PARAM_TIME:
        *(sim_time *)at = sim_from_seconds(value);
        break;
    case PARAM_FLAG:
        *(bool *)at = value != 0;
        break;
    case PARAM_TEXT:
        *(const char **)at = NULL;
        break;
    case PARAM_DIST:
        *(struct dist *)at = dist_constant(value);
        break;
    }
}

static bool is_timed(const struct param *param)
{
    return param->type == PARAM_TIME || param->type == PARAM_DIST;
}

static void put_given(struct object *object, const struct param *param, void *base)
{
    if (object->reserved && strcmp(param->key, object->reserved) == 0) return;
    const struct reader *reader = object->reader;
    struct time_range times = {param->min, param->max};
    struct number_range numbers = {param->min, param->max};
    const cJSON *node = is_timed(param) ? NULL : object_find(object, param->key);
    void *at = field(base, param);
    if (!node && !is_timed(param)) return;
    switch (param->type) {
    case PARAM_COUNT:
        reader_count(reader, node, numbers, at);
        break;
    case PARAM_NUMBER:
        reader_number(reader, node, numbers, at);
        break;
    case PARAM_TIME:
        object_time(object, param->key, times, at);
        break;
    case PARAM_FLAG:
        reader_flag(reader, node, at);
        break;
    case PARAM_CHOICE:
        reader_choice(reader, node, param->choices, at);
        break;
    case PARAM_TEXT:
        *(const char **)at = reader_text(reader, node);
        break;
    case PARAM_DIST:
        object_dist(object, param->key, at);
        break;
    }
}

void object_changes(struct object *object, const struct param *table, void *base)
{
    for (const struct param *param = table; param->key; param++)
        put_given(object, param, base);
}

void object_table(struct object *object, const struct param *table, void *base)
{
    for (const struct param *param = table; param->key; param++) {
        put_default(param, base);
        if (isnan(param->fallback) && !object_has(object, param->key))
            object_lacks(object, param->key,
                         diag_format(object->reader->diag, "the key \"%s\"", param->key));
    }
    object_changes(object, table, base);
}

void object_allow(struct object *object, const struct param *table)
{
    for (const struct param *param = table; param->key; param++)
        allow(object, param->key, is_timed(param));
}

// Keys.

bool object_is_comment(const cJSON *node)
{
    return strcmp(node->string, "$comment") == 0;
}

static bool is_note(const cJSON *node)
{
    return object_is_comment(node) || strncmp(node->string, "x-", 2) == 0;
}

// The nearest legal key, in the form that is nearest; NULL: none comes near.
static const char *nearest_key(const struct object *object, const char *given)
{
    struct suggest suggest = suggest_for(given);
    for (uint32_t i = 0; i < object->key_count; i++) {
        const struct object_key *key = &object->keys[i];
        suggest_offer(&suggest, key->name);
        if (!key->timed || !strstr(given, "_s")) continue;
        suggest_offer(&suggest, diag_format(object->reader->diag, "%s_s", key->name));
    }
    return suggest_answer(&suggest);
}

static void report_unknown(const struct object *object, const cJSON *node)
{
    const struct reader *reader = object->reader;
    const char *near = nearest_key(object, node->string);
    const char *home = keys_home(reader->arena, node->string);
    const char *hint = reader_hint(reader, near);
    if (!near && home)
        hint = diag_format(reader->diag, "%s belongs in %s", diag_quote(reader->diag, node->string),
                           home);
    reader_key_error(reader, node, CODE_KEY_UNKNOWN, "a known key",
                     diag_quote(reader->diag, node->string), hint);
}

void object_close(struct object *object)
{
    if (!object->node) return;
    for (const cJSON *child = object->node->child; child; child = child->next)
        if (!is_note(child) && !is_known(object, child->string)) report_unknown(object, child);
}
