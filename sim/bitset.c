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

// Up while nothing in the word lies below, then down by the last ones.  The top level is walked.
uint32_t bitset_last_slow(struct bitset *set)
{
    uint32_t index = set->high;
    for (uint32_t level = 1; level < BITSET_LEVELS; level++, index >>= 6) {
        uint32_t word = index >> 6;
        uint64_t below = set->words[level][word] & (bitset_bit(index) - 1);
        while (below == 0 && level == BITSET_LEVELS - 1 && word > 0)
            below = set->words[level][--word];
        if (below == 0) continue;
        index = word << 6 | (63 - (uint32_t)__builtin_clzll(below));
        while (level-- > 1)
            index = index << 6 | (63 - (uint32_t)__builtin_clzll(set->words[level][index]));
        set->high = index;
        return index << 6 | (63 - (uint32_t)__builtin_clzll(set->words[0][index]));
    }
    return BITSET_NONE;
}
