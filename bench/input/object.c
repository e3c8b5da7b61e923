#include "bench/input/object.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/dist_reader.h"
#include "bench/input/homes.h"
#include "bench/input/suggest.h"
#include "sim/check.h"

struct object object_open(const struct reader *reader, const cJSON *node)
{
    struct object object = {.reader = reader};
    if (cJSON_IsObject(node))
        object.node = node;
    else if (node)
        reader_error(reader, node, CODE_TYPE, "an object", NULL);
    return object;
}

static bool is_known(const struct object *object, const char *key)
{
    for (uint32_t i = 0; i < object->key_count; i++)
        if (strcmp(object->keys[i], key) == 0) return true;
    return false;
}

static void allow(struct object *object, const char *key)
{
    if (is_known(object, key)) return;
    SIM_CHECK(object->key_count < OBJECT_KEYS_MAX);
    object->keys[object->key_count++] = key;
}

const cJSON *object_find(struct object *object, const char *key)
{
    allow(object, key);
    return object->node ? json_child(object->node, key) : NULL;
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

static const char *seconds_key(const struct object *object, const char *key)
{
    return diag_format(object->reader->diag, "%s_s", key);
}

const cJSON *object_find_timed(struct object *object, const char *key)
{
    const cJSON *text = object_find(object, key);
    const cJSON *number = object_find(object, seconds_key(object, key));
    if (text && number) {
        reader_key_error(object->reader, number, CODE_KEY_TWICE,
                         diag_format(object->reader->diag, "\"%s\" or \"%s_s\"", key, key), "both",
                         NULL);
        return NULL;
    }
    return text ? text : number;
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
        const char *timed = is_timed(param) ? seconds_key(object, param->key) : NULL;
        bool given =
            json_child(object->node, param->key) || (timed && json_child(object->node, timed));
        if (isnan(param->fallback) && !given)
            object_lacks(object, param->key,
                         diag_format(object->reader->diag, "the key \"%s\"", param->key));
    }
    object_changes(object, table, base);
}

void object_allow(struct object *object, const struct param *table)
{
    for (const struct param *param = table; param->key; param++) {
        allow(object, param->key);
        if (is_timed(param)) allow(object, seconds_key(object, param->key));
    }
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

static void report_unknown(const struct object *object, const cJSON *node)
{
    const struct reader *reader = object->reader;
    struct suggest suggest = suggest_for(node->string);
    for (uint32_t i = 0; i < object->key_count; i++)
        suggest_offer(&suggest, object->keys[i]);
    const char *near = suggest_answer(&suggest), *home = homes_of(node->string);
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
