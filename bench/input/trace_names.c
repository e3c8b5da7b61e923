// Open addressing in a table that is never more than a quarter full.

#include "bench/input/trace_names.h"

#include <string.h>

struct trace_names *trace_names_create(struct arena *arena)
{
    struct trace_names *names = arena_new(arena, struct trace_names, 1);
    names->arena = arena;
    return names;
}

uint64_t trace_names_hash(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

// The slot that holds the text, or the empty one where it belongs.
static uint32_t slot_of(const struct trace_names *names, const char *text)
{
    uint32_t slot = (uint32_t)(trace_names_hash(text) % TRACE_NAMES_SLOTS);
    while (names->slots[slot] && strcmp(names->names[names->slots[slot] - 1].text, text) != 0)
        slot = (slot + 1) % TRACE_NAMES_SLOTS;
    return slot;
}

bool trace_names_find(const struct trace_names *names, const char *text, uint32_t *index)
{
    uint32_t slot = slot_of(names, text);
    if (!names->slots[slot]) return false;
    *index = names->slots[slot] - 1u;
    return true;
}

bool trace_names_add(struct trace_names *names, const char *text, unsigned line, unsigned column,
                     uint32_t *index)
{
    uint32_t slot = slot_of(names, text);
    if (!names->slots[slot]) {
        if (names->count == TRACE_NAMES_MAX) return false;
        names->names[names->count++] =
            (struct trace_name){arena_copy_text(names->arena, text), line, column};
        names->slots[slot] = (uint16_t)names->count;
    }
    *index = names->slots[slot] - 1u;
    return true;
}
