// A name of dist_forms[] may have several rows with different arguments; the row with most of the
// given keys is the one that is meant.

#include "bench/input/dist_reader.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/object.h"
#include "bench/input/suggest.h"

enum { ENTRIES_MAX = 100000 }; // of a list

#define LONGEST 1e9 // seconds, as in sim/dist.c

static const struct time_range any_time = {0, LONGEST};
static const struct number_range any_weight = {0, 1e300};

// A list of numbers or of times.  NULL: absent or reported.
struct numbers {
    const double *values;
    size_t count;
};

typedef bool read_entry(const struct reader *reader, const cJSON *node, double *value);

static bool read_weight(const struct reader *reader, const cJSON *node, double *value)
{
    return reader_number(reader, node, any_weight, value);
}

static bool read_seconds(const struct reader *reader, const cJSON *node, double *value)
{
    struct number_range plain = {0, LONGEST};
    if (reader->plain) return reader_number(reader, node, plain, value);
    return reader_seconds(reader, node, any_time, value);
}

static bool read_duration(const struct reader *reader, const cJSON *node, double *value)
{
    sim_time time;
    if (reader->plain) return read_seconds(reader, node, value);
    if (!reader_time(reader, node, any_time, &time)) return false;
    *value = sim_seconds(time);
    return true;
}

// The number of entries; 0: not a list of a sensible length (reported).
static size_t list_size(const struct reader *reader, const cJSON *node)
{
    int size = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (size > 0 && size <= ENTRIES_MAX) return (size_t)size;
    reader_error(reader, node, CODE_DIST, "a list of 1 to 100000 entries", NULL);
    return 0;
}

static struct numbers read_list(const struct reader *reader, const cJSON *node, read_entry *read)
{
    struct numbers none = {0};
    size_t count = node ? list_size(reader, node) : 0;
    if (count == 0) return none;
    double *values = arena_new(reader->arena, double, count);
    bool good = true;
    size_t i = 0;
    for (const cJSON *entry = node->child; entry; entry = entry->next)
        good = read(reader, entry, &values[i++]) && good;
    return good ? (struct numbers){values, count} : none;
}

static struct numbers times_of(struct object *object, const char *key)
{
    const cJSON *node = object_find_timed(object, key);
    if (!node) return (struct numbers){0};
    return read_list(object->reader, node,
                     strcmp(node->string, key) == 0 ? read_duration : read_seconds);
}

// Reports what a maker of sim/dist.h has to say.
static bool made(const struct reader *reader, const cJSON *node, const char *wrong)
{
    if (!wrong) return true;
    return reader_key_error(reader, node, CODE_DIST, "a possible distribution",
                            diag_quote(reader->diag, node->string), wrong);
}

static bool is_as_long(const struct object *object, struct numbers a, struct numbers b)
{
    if (!a.values || !b.values) return false;
    if (a.count == b.count) return true;
    return reader_key_error(object->reader, object->node, CODE_DIST, "two lists of the same length",
                            diag_format(object->reader->diag, "%zu and %zu", a.count, b.count),
                            NULL);
}

// The forms with lists.  Each closes its object even when it fails, to report unknown keys too.

static bool read_empirical(struct object *object, struct dist *dist)
{
    const struct reader *reader = object->reader;
    bool given = object_require_timed(object, "values");
    struct numbers values = times_of(object, "values");
    const cJSON *weights_node = object_find(object, "weights");
    struct numbers weights = read_list(reader, weights_node, read_weight);
    object_close(object);
    if (!given || !values.values) return false;
    if (weights_node && !is_as_long(object, values, weights)) return false;
    return made(
        reader, object->node,
        dist_make_empirical(dist, reader->arena, values.values, weights.values, values.count));
}

static bool read_point(const struct reader *reader, const cJSON *pair, read_entry *read_time,
                       double *probability, double *value)
{
    static const struct number_range share = {0, 1};
    if (!cJSON_IsArray(pair) || cJSON_GetArraySize(pair) != 2)
        return reader_error(reader, pair, CODE_DIST, "a pair like [0.5, \"2s\"]", NULL);
    bool good = reader_number(reader, pair->child, share, probability);
    return read_time(reader, pair->child->next, value) && good;
}

static bool read_quantiles(struct object *object, struct dist *dist)
{
    const struct reader *reader = object->reader;
    bool good = object_require_timed(object, "points");
    const cJSON *points = object_find_timed(object, "points");
    object_close(object);
    size_t count = points ? list_size(reader, points) : 0, i = 0;
    if (!good || count == 0) return false;
    double *p = arena_new(reader->arena, double, count),
           *x = arena_new(reader->arena, double, count);
    read_entry *read = strcmp(points->string, "points") == 0 ? read_duration : read_seconds;
    for (const cJSON *pair = points->child; pair; pair = pair->next, i++)
        good = read_point(reader, pair, read, &p[i], &x[i]) && good;
    if (!good) return false;
    return made(reader, object->node, dist_make_quantiles(dist, reader->arena, p, x, count));
}

static bool read_hyperexponential(struct object *object, struct dist *dist)
{
    const struct reader *reader = object->reader;
    struct numbers p = read_list(reader, object_require(object, "probabilities"), read_weight);
    bool given = object_require_timed(object, "means");
    struct numbers means = times_of(object, "means");
    object_close(object);
    if (!given || !is_as_long(object, p, means)) return false;
    return made(reader, object->node,
                dist_make_hyperexponential(dist, reader->arena, p.values, means.values, p.count));
}

static bool read_part(const struct reader *reader, const cJSON *node, double *weight,
                      struct dist *dist)
{
    struct object part = object_open(reader, node, &keys_mixture_part);
    const cJSON *share = object_require(&part, "weight");
    bool good = share && reader_number(reader, share, any_weight, weight);
    const cJSON *inner = object_require(&part, "dist");
    good = inner && (reader->plain ? dist_read_plain : dist_read)(reader, inner, dist) && good;
    object_close(&part);
    return good;
}

static bool read_mixture(struct object *object, struct dist *dist)
{
    const struct reader *reader = object->reader;
    const cJSON *parts = object_require(object, "parts");
    object_close(object);
    size_t count = parts ? list_size(reader, parts) : 0, i = 0;
    if (count == 0) return false;
    double *weights = arena_new(reader->arena, double, count);
    struct dist *dists = arena_new(reader->arena, struct dist, count);
    bool good = true;
    for (const cJSON *part = parts->child; part; part = part->next, i++)
        good = read_part(reader, part, &weights[i], &dists[i]) && good;
    if (!good) return false;
    return made(reader, object->node,
                dist_make_mixture(dist, reader->arena, weights, dists, count));
}

static const struct list_form {
    const struct keys *keys; // NULL ends the table
    bool (*read)(struct object *object, struct dist *dist);
} list_forms[] = {
    {&keys_empirical, read_empirical},
    {&keys_quantiles, read_quantiles},
    {&keys_hyperexponential, read_hyperexponential},
    {&keys_mixture, read_mixture},
    {NULL, NULL},
};

// The forms with arguments.

static bool has_argument(const cJSON *node, const struct dist_arg *arg)
{
    size_t length = strlen(arg->key);
    for (const cJSON *child = node->child; child; child = child->next) {
        if (!child->string || strncmp(child->string, arg->key, length) != 0) continue;
        const char *rest = child->string + length;
        if (!*rest || (arg->type == DIST_ARG_TIME && strcmp(rest, "_s") == 0)) return true;
    }
    return false;
}

static size_t arguments_given(const struct dist_form *form, const cJSON *node)
{
    size_t given = 0;
    for (const struct dist_arg *arg = form->args; arg->key; arg++)
        given += has_argument(node, arg);
    return given;
}

// NULL: no form of that name.
static const struct dist_form *choose_form(const char *name, const cJSON *arguments)
{
    const struct dist_form *chosen = NULL;
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        if (strcmp(form->name, name) != 0) continue;
        bool better =
            !chosen || arguments_given(form, arguments) > arguments_given(chosen, arguments);
        if (better) chosen = form;
    }
    return chosen;
}

// "median and sigma, or mean and cv": all rows of the name.
static const char *argument_words(const struct reader *reader, const char *name)
{
    const char *words = "";
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        if (strcmp(form->name, name) != 0) continue;
        if (*words) words = diag_format(reader->diag, "%s, or ", words);
        for (const struct dist_arg *arg = form->args; arg->key; arg++)
            words = diag_format(reader->diag, "%s%s%s", words, arg == form->args ? "" : " and ",
                                arg->key);
    }
    return words;
}

static bool check_open(const struct reader *reader, const cJSON *node, const struct dist_arg *arg,
                       double value)
{
    if (!arg->open || value > arg->min) return true;
    return reader_error(reader, node, CODE_RANGE,
                        diag_format(reader->diag, "more than %g", arg->min), NULL);
}

static bool read_argument(struct object *object, const struct dist_arg *arg, double *value)
{
    const struct reader *reader = object->reader;
    struct time_range times = {arg->min, arg->max};
    struct number_range numbers = {arg->min, arg->max};
    uint32_t count = 0;
    bool good = false;
    switch (arg->type) {
    case DIST_ARG_TIME:
        good = object_duration(object, arg->key, times, value);
        break;
    case DIST_ARG_NUMBER:
        good = reader_number(reader, object_find(object, arg->key), numbers, value);
        break;
    case DIST_ARG_COUNT:
        good = reader_count(reader, object_find(object, arg->key), numbers, &count);
        *value = count;
        break;
    }
    return good && check_open(reader, object->node, arg, *value);
}

static bool read_form(const struct reader *reader, const struct dist_form *form, const cJSON *node,
                      struct dist *dist)
{
    double values[4] = {0};
    struct object object = object_open(reader, node, &keys_arguments);
    bool good = object.node != NULL;
    for (size_t i = 0; i < 4 && form->args[i].key && object.node; i++) {
        const struct dist_arg *arg = &form->args[i];
        bool given = has_argument(node, arg);
        if (given)
            good = read_argument(&object, arg, &values[i]) && good;
        else
            good = object_lacks(
                &object, arg->key,
                diag_format(reader->diag, "the arguments %s", argument_words(reader, form->name)));
        if (!given && arg->type == DIST_ARG_TIME)
            object_find_timed(&object, arg->key);
        else if (!given)
            object_find(&object, arg->key);
    }
    object_close(&object);
    return good && made(reader, node, form->make(dist, values));
}

// {"exponential": "2s"}: the only argument without its name.
static bool read_direct(const struct reader *reader, const struct dist_form *form,
                        const cJSON *node, struct dist *dist)
{
    const struct dist_arg *arg = &form->args[0];
    struct time_range times = {arg->min, arg->max};
    struct number_range numbers = {arg->min, arg->max};
    sim_time time = 0;
    double value = 0;
    bool good = reader->plain ? reader_number(reader, node, numbers, &value)
                              : reader_time(reader, node, times, &time);
    if (!good) return false;
    if (!reader->plain) value = sim_seconds(time);
    return check_open(reader, node, arg, value) && made(reader, node, form->make(dist, &value));
}

static bool refuse_name(const struct reader *reader, const cJSON *node)
{
    struct suggest suggest = suggest_for(node->string);
    for (const struct dist_form *form = dist_forms; form->name; form++)
        suggest_offer(&suggest, form->name);
    for (const struct list_form *form = list_forms; form->keys; form++)
        suggest_offer(&suggest, form->keys->id);
    const char *hint = reader_hint(reader, suggest_answer(&suggest));
    return reader_key_error(reader, node, CODE_DIST, "the name of a distribution",
                            diag_quote(reader->diag, node->string),
                            hint ? hint : "constant, exponential, lognormal, ...");
}

static bool read_named(const struct reader *reader, const cJSON *node, struct dist *dist)
{
    for (const struct list_form *form = list_forms; form->keys; form++) {
        if (strcmp(form->keys->id, node->string) != 0) continue;
        struct object object = object_open(reader, node, form->keys);
        return object.node && form->read(&object, dist);
    }
    const struct dist_form *form = choose_form(node->string, node);
    if (!form) return refuse_name(reader, node);
    bool direct =
        !form->args[1].key && form->args[0].type == DIST_ARG_TIME && !cJSON_IsObject(node);
    return direct ? read_direct(reader, form, node, dist) : read_form(reader, form, node, dist);
}

bool dist_read(const struct reader *reader, const cJSON *node, struct dist *dist)
{
    double seconds;
    if (cJSON_IsObject(node) && node->child && !node->child->next)
        return read_named(reader, node->child, dist);
    if (cJSON_IsString(node)) {
        if (!read_duration(reader, node, &seconds)) return false;
        *dist = dist_constant(seconds);
        return true;
    }
    const char *hint = "a distribution is a duration like \"40s\" or has one name, like "
                       "{\"exponential\": \"2s\"}";
    if (cJSON_IsNumber(node))
        hint = diag_format(reader->diag, "a bare number has no unit: write \"%gs\"",
                           node->valuedouble);
    return reader_error(reader, node, cJSON_IsObject(node) ? CODE_DIST : CODE_TYPE,
                        "a distribution", hint);
}

bool dist_read_plain(const struct reader *reader, const cJSON *node, struct dist *dist)
{
    struct reader plain = *reader;
    double value;
    plain.plain = true;
    if (cJSON_IsObject(node) && node->child && !node->child->next)
        return read_named(&plain, node->child, dist);
    if (cJSON_IsNumber(node)) {
        if (!read_seconds(&plain, node, &value)) return false;
        *dist = dist_constant(value);
        return true;
    }
    return reader_error(reader, node, cJSON_IsObject(node) ? CODE_DIST : CODE_TYPE,
                        "a number, or a distribution of numbers",
                        "like 12, or {\"uniform\": {\"low\": 6, \"high\": 8}}");
}
