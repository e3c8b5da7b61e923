#include "bench/input/keys.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/input/duration.h"
#include "bench/input/json_text.h"
#include "sim/check.h"
#include "sim/dist.h"

enum { ROWS = sizeof((struct keys *)0)->rows / sizeof(struct key *) };
enum { TABLES = sizeof((struct keys *)0)->tables / sizeof(struct param *) };

const struct keys keys_names = {
    .id = "names", .what = "an object of names", .file = "bench/input/keys.h"};

static struct key_form form_of_param(const struct param *param)
{
    static const enum key_kind kinds[] = {
        [PARAM_COUNT] = KEY_COUNT, [PARAM_NUMBER] = KEY_NUMBER, [PARAM_TIME] = KEY_TIME,
        [PARAM_FLAG] = KEY_FLAG,   [PARAM_CHOICE] = KEY_CHOICE, [PARAM_TEXT] = KEY_TEXT,
        [PARAM_DIST] = KEY_DIST,
    };
    return (struct key_form){.kind = kinds[param->type],
                             .min = param->min,
                             .max = param->max,
                             .words = param->choices,
                             .param = param};
}

static struct key key_of_param(const struct keys *keys, const struct param *param)
{
    return (struct key){
        .name = param->key,
        .need = isnan(param->fallback) ? KEY_REQUIRED : KEY_OPTIONAL,
        .timed = param->type == PARAM_TIME || param->type == PARAM_DIST,
        .otherwise = keys->keeps ? "(as before)" : NULL,
        .help = param->help,
        .form = form_of_param(param),
    };
}

static struct key key_of_argument(const struct dist_arg *arg)
{
    static const enum key_kind kinds[] = {
        [DIST_ARG_TIME] = KEY_TIME, [DIST_ARG_NUMBER] = KEY_NUMBER, [DIST_ARG_COUNT] = KEY_COUNT};
    return (struct key){
        .name = arg->key,
        .need = KEY_REQUIRED,
        .timed = arg->type == DIST_ARG_TIME,
        .help = "an argument of a distribution (T3)",
        .form = {.kind = kinds[arg->type], .min = arg->min, .max = arg->max},
    };
}

static const struct key *find_row(const struct keys *keys, const char *name)
{
    for (size_t i = 0; i < ROWS && keys->rows[i]; i++)
        for (const struct key *row = keys->rows[i]; row->name; row++)
            if (strcmp(row->name, name) == 0) return row;
    return NULL;
}

static bool find_argument(const char *name, struct key *key)
{
    for (const struct dist_form *form = dist_forms; form->name; form++)
        for (const struct dist_arg *arg = form->args; arg->key; arg++) {
            if (strcmp(arg->key, name) != 0) continue;
            *key = key_of_argument(arg);
            return true;
        }
    return false;
}

bool keys_find(const struct keys *keys, const char *name, struct key *key)
{
    const struct key *row = find_row(keys, name);
    if (row) *key = *row;
    if (row) return true;
    for (size_t i = 0; i < TABLES && keys->tables[i]; i++)
        for (const struct param *param = keys->tables[i]; param->key; param++) {
            if (strcmp(param->key, name) != 0) continue;
            *key = key_of_param(keys, param);
            return true;
        }
    return keys->distribution && find_argument(name, key);
}

bool keys_next(const struct keys *keys, size_t *at, struct key *key)
{
    size_t number = 0;
    for (size_t i = 0; i < ROWS && keys->rows[i]; i++)
        for (const struct key *row = keys->rows[i]; row->name; row++) {
            if (number++ < *at) continue;
            *key = *row;
            *at = number;
            return true;
        }
    for (size_t i = 0; i < TABLES && keys->tables[i]; i++)
        for (const struct param *param = keys->tables[i]; param->key; param++) {
            if (number++ < *at || find_row(keys, param->key)) continue;
            *key = key_of_param(keys, param);
            *at = number;
            return true;
        }
    return false;
}

// Defaults.

static const char *param_default(const struct param *param, char buffer[KEY_DEFAULT_TEXT])
{
    char number[JSON_NUMBER_TEXT], time[DURATION_TEXT];
    switch (param->type) {
    case PARAM_COUNT:
        if (param->fallback >= UINT32_MAX) return "\"unlimited\"";
        break;
    case PARAM_NUMBER:
        break;
    case PARAM_TIME:
    case PARAM_DIST:
        if (isinf(param->fallback)) return "\"never\"";
        snprintf(buffer, KEY_DEFAULT_TEXT, "\"%s\"", duration_text(param->fallback, time));
        return buffer;
    case PARAM_FLAG:
        return param->fallback != 0 ? "true" : "false";
    case PARAM_CHOICE:
        snprintf(buffer, KEY_DEFAULT_TEXT, "\"%s\"", param->choices[(size_t)param->fallback]);
        return buffer;
    case PARAM_TEXT:
        return NULL;
    }
    snprintf(buffer, KEY_DEFAULT_TEXT, "%s", json_number_text(param->fallback, number));
    return buffer;
}

const char *key_default(const struct key *key, char buffer[KEY_DEFAULT_TEXT])
{
    if (key->otherwise || !key->form.param) return key->otherwise;
    return key->need == KEY_REQUIRED ? NULL : param_default(key->form.param, buffer);
}

// The whole tree.

enum { KEY_PATH = 256 };

struct walk {
    keys_visit *visit;
    void *context;
};

static void walk_object(const struct walk *walk, const char *path, const struct keys *keys);

// The objects that a value may be or hold.
static void walk_form(const struct walk *walk, const char *path, const struct key_form *form)
{
    char below[KEY_PATH];
    const struct keys *object = form->kind == KEY_OBJECT ? form->object : NULL;
    if (object && !object->changes) walk_object(walk, path, object);
    if (form->kind == KEY_LIST || form->kind == KEY_NAMES) {
        SIM_CHECK(form->entry);
        int length = snprintf(below, sizeof below, "%s/%s", path,
                              form->kind == KEY_LIST ? "N" : form->example);
        SIM_CHECK(length > 0 && (size_t)length < sizeof below);
        walk_form(walk, below, form->entry);
    }
    if (form->other) walk_form(walk, path, form->other);
}

// All keys of an object stand together; then comes what is in them.
static void walk_object(const struct walk *walk, const char *path, const struct keys *keys)
{
    char below[KEY_PATH];
    struct key key;
    for (size_t at = 0; keys_next(keys, &at, &key);)
        walk->visit(walk->context, *path ? path : "/", keys, &key);
    for (size_t at = 0; keys_next(keys, &at, &key);) {
        int length = snprintf(below, sizeof below, "%s/%s", path, key.name);
        SIM_CHECK(length > 0 && (size_t)length < sizeof below);
        walk_form(walk, below, &key.form);
    }
}

void keys_walk(keys_visit *visit, void *context)
{
    walk_object(&(struct walk){visit, context}, "", &keys_scenario);
}

struct home {
    struct arena *arena;
    const char *name, *path;
};

static void look_for(void *context, const char *path, const struct keys *keys,
                     const struct key *key)
{
    struct home *home = context;
    (void)keys;
    if (!home->path && strcmp(key->name, home->name) == 0)
        home->path = arena_copy_text(home->arena, path);
}

const char *keys_home(struct arena *arena, const char *name)
{
    struct home home = {.arena = arena, .name = name};
    keys_walk(look_for, &home);
    return home.path;
}
