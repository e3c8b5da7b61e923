#include "sim/bitset.h"

#include <string.h>

struct bitset *bitset_create(struct arena *arena, uint32_t size)
{
    SIM_CHECK(size <= BITSET_MAX);
    struct bitset *set = arena_new(arena, struct bitset, 1);
    set->size = size;
    for (uint32_t level = 0, below = size; level < BITSET_LEVELS; level++) {
        below = (below + 63) / 64;
        set->counts[level] = below;
        set->words[level] = arena_new(arena, uint64_t, below);
    }
    return set;
}

void bitset_clear(struct bitset *set)
{
    for (uint32_t level = 0; level < BITSET_LEVELS; level++)
        memset(set->words[level], 0, set->counts[level] * sizeof(uint64_t));
}
