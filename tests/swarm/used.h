#pragma once

#include "tests/swarm/dists.h"

// Every key that a scenario file may have, by the kind of its object, and how often it was used:
// "app.keep_alive", "lognormal.sigma".  A key and the same one with "_s" are one.

enum { USED_MAX = 1024, USED_NAME = 64 };

struct used {
    char names[USED_MAX][USED_NAME];
    size_t count;
    const struct keys *seen[GRAMMAR_KINDS];
    size_t seen_count;
};

static inline size_t used_find(const struct used *used, const char *name)
{
    for (size_t i = 0; i < used->count; i++)
        if (strcmp(used->names[i], name) == 0) return i;
    return SIZE_MAX;
}

static inline void used_add(struct used *used, const char *kind, const char *key)
{
    char name[USED_NAME];
    if (snprintf(name, sizeof name, "%s.%s", kind, key) >= USED_NAME) abort();
    if (used_find(used, name) != SIZE_MAX) return;
    if (used->count == USED_MAX) abort();
    memcpy(used->names[used->count++], name, sizeof name);
}

static inline void used_walk(struct used *used, const struct keys *kind);

static inline void used_walk_form(struct used *used, const struct key_form *form)
{
    if (form->kind == KEY_OBJECT) used_walk(used, form->object);
    if (form->entry) used_walk_form(used, form->entry);
    if (form->other) used_walk_form(used, form->other);
}

static inline void used_walk(struct used *used, const struct keys *kind)
{
    struct key key;
    for (size_t i = 0; i < used->seen_count; i++)
        if (used->seen[i] == kind) return;
    if (used->seen_count == GRAMMAR_KINDS) abort();
    used->seen[used->seen_count++] = kind;
    for (size_t at = 0; keys_next(kind, &at, &key);)
        used_add(used, kind->id, key.name);
    for (size_t at = 0; keys_next(kind, &at, &key);)
        used_walk_form(used, &key.form);
}

static inline void used_collect(struct used *used)
{
    *used = (struct used){.count = 0};
    used_walk(used, &keys_scenario);
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        used_add(used, "distribution", form->name);
        for (const struct dist_arg *arg = form->args; arg < form->args + 4 && arg->key; arg++)
            used_add(used, form->name, arg->key);
    }
    for (size_t i = 0; i < sizeof list_forms / sizeof *list_forms; i++) {
        used_add(used, "distribution", list_forms[i]->id);
        used_walk(used, list_forms[i]);
    }
}

static inline void used_mark(const struct used *used, const char *kind, const char *key,
                             uint32_t *counts)
{
    char name[USED_NAME * 2];
    snprintf(name, sizeof name, "%s.%s", kind, key);
    size_t i = used_find(used, name), length = strlen(name);
    if (i == SIZE_MAX && length > 2 && strcmp(name + length - 2, "_s") == 0) {
        name[length - 2] = '\0';
        i = used_find(used, name);
    }
    if (i != SIZE_MAX) counts[i]++;
}

// Counts the keys of a file that swarm_scenario() has made.
static inline void used_count(const struct used *used, const struct grammar *g, const cJSON *node,
                              uint32_t *counts)
{
    const char *kind = grammar_kind(g, node);
    for (const cJSON *child = node->child; child; child = child->next) {
        if (kind) used_mark(used, kind, child->string, counts);
        used_count(used, g, child, counts);
    }
}
