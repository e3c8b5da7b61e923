#pragma once

#include <time.h>

#include "tests/swarm/trial.h"

// Makes a failing file small (delta debugging, on the tree): goes through all values from the top,
// and what can be left out, or written more simply, with the same failure, is; again, until nothing
// more can be, or until the time for it is up.

struct shrink {
    const struct trial *trial;
    struct verdict verdict; // that must stay the same
    cJSON *root;
    time_t until;
};

enum { SHRINK_SECONDS = 120 };

static inline bool shrink_still_fails(struct shrink *s)
{
    if (time(NULL) > s->until) return false;
    char *text = cJSON_PrintUnformatted(s->root);
    struct verdict v = trial_try(s->trial, text);
    free(text);
    return verdict_same(&v, &s->verdict);
}

// Where the pointer to this node is.
static inline cJSON **shrink_link(cJSON *parent, const cJSON *node)
{
    cJSON **link = &parent->child;
    while (*link != node)
        link = &(*link)->next;
    return link;
}

static inline bool shrink_leave_out(struct shrink *s, cJSON *parent, cJSON *node)
{
    cJSON **link = shrink_link(parent, node);
    *link = node->next;
    if (!shrink_still_fails(s)) {
        *link = node;
        return false;
    }
    node->next = NULL;
    cJSON_Delete(node);
    return true;
}

// The node becomes another value; the failure stays, or the node is what it was.
static inline bool shrink_to(struct shrink *s, cJSON *node, const char *json)
{
    cJSON *value = cJSON_Parse(json), old = *node;
    if (cJSON_Compare(node, value, true)) {
        cJSON_Delete(value);
        return false;
    }
    node->type = value->type;
    node->child = value->child;
    node->valuestring = value->valuestring;
    node->valuedouble = value->valuedouble;
    node->valueint = value->valueint;
    bool good = shrink_still_fails(s);
    if (good) {
        value->child = old.child;
        value->valuestring = old.valuestring;
    } else {
        node->type = old.type;
        node->child = old.child;
        node->valuestring = old.valuestring;
        node->valuedouble = old.valuedouble;
        node->valueint = old.valueint;
    }
    cJSON_Delete(value);
    return good;
}

static inline bool shrink_simplify(struct shrink *s, cJSON *node)
{
    static const char *const simple[] = {"0",       "1",        "\"0s\"", "\"1s\"",
                                         "\"10s\"", "\"100s\"", "\"A\""};
    size_t first = cJSON_IsNumber(node) ? 0 : 2, last = cJSON_IsNumber(node) ? 2 : 7;
    bool plain = cJSON_IsNumber(node) || cJSON_IsString(node), lists = cJSON_IsArray(node);
    if (lists || cJSON_IsBool(node) || cJSON_IsNull(node)) return false;
    if (!plain && cJSON_GetArraySize(node) == 0) return false;
    // What is simple already stays, or two of them would take turns.
    for (size_t i = first; i < last; i++) {
        cJSON *value = cJSON_Parse(simple[i]);
        bool same = cJSON_Compare(node, value, true);
        cJSON_Delete(value);
        if (same) return false;
        if (shrink_to(s, node, simple[i])) return true;
    }
    return false;
}

static inline bool shrink_below(struct shrink *s, cJSON *parent)
{
    bool any = false;
    for (cJSON *node = parent->child, *next; node; node = next) {
        next = node->next;
        if (shrink_leave_out(s, parent, node)) {
            any = true;
            continue;
        }
        any = shrink_simplify(s, node) || any;
        any = shrink_below(s, node) || any;
    }
    return any;
}

// The smallest file found, as text to be freed; NULL: the text is no JSON.
static inline char *shrink_file(const struct trial *trial, const char *text,
                                const struct verdict *verdict)
{
    struct shrink s = {.trial = trial,
                       .verdict = *verdict,
                       .root = cJSON_Parse(text),
                       .until = time(NULL) + SHRINK_SECONDS};
    if (!s.root) return NULL;
    while (shrink_below(&s, s.root))
        ;
    char *small = cJSON_Print(s.root);
    cJSON_Delete(s.root);
    return small;
}
