#pragma once

#include "tests/swarm/grammar.h"

// Random distributions: every row of dist_forms[] and every form with lists.

// A time, or a plain number, under "key" or "key_s".
static inline void add_time(struct grammar *g, cJSON *object, const char *key, double value)
{
    char name[64];
    struct value v =
        g->plain ? (struct value){cJSON_CreateNumber(value), false} : time_of(g, value, true);
    snprintf(name, sizeof name, "%s%s", key, v.seconds ? "_s" : "");
    cJSON_AddItemToObject(object, name, v.node);
}

static inline int rising(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

// Shapes and coefficients of variation near 1 make distributions that look like times; those at the
// ends of their ranges are rare.
static inline double shape_of(struct grammar *g, const struct dist_arg *arg)
{
    struct range r = {fmax(arg->min, .4), fmin(arg->max, 3)};
    if (!g->mild && chance(g, 2)) return arg->open ? arg->min + .01 : arg->min;
    return arg->type == DIST_ARG_COUNT ? 1 + up_to(g, 5)
                                       : floor(between(g, r.least, r.most) * 100) / 100;
}

// The times of a form stand in rising order: low, mode, high.
static inline cJSON *make_arguments(struct grammar *g, const struct dist_form *form, struct range r)
{
    cJSON *object = grammar_tag(g, cJSON_CreateObject(), form->name);
    double times[4];
    size_t used = 0;
    for (size_t i = 0; i < 4; i++)
        times[i] = fmax(amount_of(g, r), .01);
    if (strcmp(form->name, "uniform") == 0 || strcmp(form->name, "triangular") == 0)
        qsort(times, form->args[2].key ? 3 : 2, sizeof *times, rising);
    for (const struct dist_arg *arg = form->args; arg < form->args + 4 && arg->key; arg++)
        if (arg->type == DIST_ARG_TIME)
            add_time(g, object, arg->key, times[used++]);
        else
            cJSON_AddItemToObject(object, arg->key, cJSON_CreateNumber(shape_of(g, arg)));
    return object;
}

static inline cJSON *numbers(const double *values, int count)
{
    return cJSON_CreateDoubleArray(values, count);
}

// A list of times under "key" or "key_s".
static inline void add_times(struct grammar *g, cJSON *object, const char *key,
                             const double *values, int count)
{
    char name[64];
    bool seconds = !g->plain && chance(g, 40);
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(list, g->plain || seconds ? cJSON_CreateNumber(values[i])
                                                       : duration_of(g, values[i]));
    snprintf(name, sizeof name, "%s%s", key, seconds ? "_s" : "");
    cJSON_AddItemToObject(object, name, list);
}

static inline void add_points(struct grammar *g, cJSON *object, const double *values)
{
    static const double p[] = {0, .5, 1};
    bool seconds = !g->plain && chance(g, 40);
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < 3; i++) {
        cJSON *pair = cJSON_CreateArray();
        cJSON_AddItemToArray(pair, cJSON_CreateNumber(p[i]));
        cJSON_AddItemToArray(pair, g->plain || seconds ? cJSON_CreateNumber(values[i])
                                                       : duration_of(g, values[i]));
        cJSON_AddItemToArray(list, pair);
    }
    cJSON_AddItemToObject(object, seconds ? "points_s" : "points", list);
}

static inline cJSON *make_mixture(struct grammar *g, struct range r)
{
    cJSON *object = cJSON_CreateObject(), *parts = cJSON_CreateArray();
    for (int i = 0; i < 2; i++) {
        cJSON *part = grammar_tag(g, cJSON_CreateObject(), "mixture_part");
        cJSON_AddItemToObject(part, "weight", cJSON_CreateNumber((double)i + up_to(g, 3)));
        cJSON_AddItemToObject(part, "dist", make_dist(g, r, false).node);
        cJSON_AddItemToArray(parts, part);
    }
    cJSON_AddItemToObject(object, "parts", parts);
    return object;
}

static const struct keys *const list_forms[] = {&keys_empirical, &keys_quantiles,
                                                &keys_hyperexponential, &keys_mixture};

static inline cJSON *make_listed(struct grammar *g, const struct keys *kind, struct range r)
{
    static const double shares[] = {.25, .5, .25};
    double values[3];
    for (size_t i = 0; i < 3; i++)
        values[i] = fmax(amount_of(g, r), .01);
    cJSON *object = kind == &keys_mixture ? make_mixture(g, r) : cJSON_CreateObject();
    if (kind == &keys_quantiles) {
        qsort(values, 3, sizeof *values, rising);
        add_points(g, object, values);
    } else if (kind == &keys_empirical) {
        add_times(g, object, "values", values, 3);
        if (chance(g, 50)) cJSON_AddItemToObject(object, "weights", numbers(shares, 3));
    } else if (kind == &keys_hyperexponential) {
        cJSON_AddItemToObject(object, "probabilities", numbers(shares, 3));
        add_times(g, object, "means", values, 3);
    }
    return grammar_tag(g, object, kind->id);
}

static inline size_t form_count(void)
{
    size_t count = 0;
    while (dist_forms[count].name)
        count++;
    return count;
}

static inline cJSON *make_named(struct grammar *g, struct range r)
{
    cJSON *object = grammar_tag(g, cJSON_CreateObject(), "distribution");
    size_t forms = form_count(), lists = sizeof list_forms / sizeof *list_forms;
    uint32_t choice = up_to(g, (uint32_t)(forms + lists - 1));
    g->depth++;
    if (choice >= forms) {
        const struct keys *kind = list_forms[choice - forms];
        if (kind == &keys_mixture && g->depth > 2) kind = &keys_empirical;
        cJSON_AddItemToObject(object, kind->id, make_listed(g, kind, r));
    } else {
        const struct dist_form *form = &dist_forms[choice];
        bool direct = !form->args[1].key && chance(g, 50);
        double value = fmax(amount_of(g, r), .01);
        cJSON_AddItemToObject(object, form->name,
                              !direct    ? make_arguments(g, form, r)
                              : g->plain ? cJSON_CreateNumber(value)
                                         : duration_of(g, value));
    }
    g->depth--;
    return object;
}

// Constants often, so that things happen at one instant.
static inline struct value make_dist(struct grammar *g, struct range r, bool timed)
{
    if (!chance(g, 45)) return (struct value){make_named(g, r), false};
    double value = amount_of(g, r);
    if (g->plain) return (struct value){cJSON_CreateNumber(value), false};
    return time_of(g, value, timed);
}
