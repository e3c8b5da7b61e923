#include "sim/bitset.h"

#include <string.h>

struct bitset *bitset_create(struct arena *arena, uint32_t size)
{
    SIM_CHECK(size <= BITSET_MAX);
    struct bitset *set = arena_new(arena, struct bitset, 1);
    set->size = size;
    for (uint32_t level = 0, below = size; level < BITSET_LEVELS; level++) {
        below = below > 64 ? (below + 63) / 64 : 1;
        set->counts[level] = below;
        set->words[level] = arena_new(arena, uint64_t, below);
    }
    return set;
}

void bitset_clear(struct bitset *set)
{
    for (uint32_t level = 0; level < BITSET_LEVELS; level++)
        memset(set->words[level], 0, set->counts[level] * sizeof(uint64_t));
    set->high = 0;
}

void bitset_add_above(struct bitset *set, uint32_t index)
{
    for (uint32_t level = 1; level < BITSET_LEVELS; level++, index >>= 6) {
        uint64_t *word = &set->words[level][index >> 6], before = *word;
        *word = before | bitset_bit(index);
        if (before != 0) return; // the levels above know of this word
    }
}

void bitset_remove_above(struct bitset *set, uint32_t index)
{
    for (uint32_t level = 1; level < BITSET_LEVELS; level++, index >>= 6) {
        uint64_t *word = &set->words[level][index >> 6];
        *word &= ~bitset_bit(index);
        if (*word != 0) return;
    }
}

uint32_t bitset_last_slow(struct bitset *set)
{
    enum { NEAR = 8 };
    for (uint32_t step = 0; step < NEAR && set->high > 0; step++) {
        uint64_t word = set->words[0][--set->high];
        if (word != 0) return set->high << 6 | (63 - (uint32_t)__builtin_clzll(word));
    }
    const uint32_t top = BITSET_LEVELS - 1;
    uint32_t word = set->counts[top];
    while (word > 0 && set->words[top][word - 1] == 0)
        word--;
    if (word == 0) return BITSET_NONE;
    uint32_t index = word - 1;
    for (uint32_t level = BITSET_LEVELS; level-- > 0;)
        index = index << 6 | (63 - (uint32_t)__builtin_clzll(set->words[level][index]));
    set->high = index >> 6;
    return index;
}
