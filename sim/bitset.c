#include "sim/bitset.h"

#include "sim/check.h"

#include <string.h>

enum { LEVELS = 3 };

struct bitset {
    uint64_t *words[LEVELS]; // words[0] are the members
    uint32_t counts[LEVELS]; // of words
    uint32_t size;
};

struct bitset *bitset_create(struct arena *arena, uint32_t size)
{
    SIM_CHECK(size <= BITSET_MAX);
    struct bitset *set = arena_new(arena, struct bitset, 1);
    set->size = size;
    for (uint32_t level = 0, below = size; level < LEVELS; level++) {
        below = (below + 63) / 64;
        set->counts[level] = below;
        set->words[level] = arena_new(arena, uint64_t, below);
    }
    return set;
}

void bitset_clear(struct bitset *set)
{
    for (uint32_t level = 0; level < LEVELS; level++)
        memset(set->words[level], 0, set->counts[level] * sizeof(uint64_t));
}

static uint64_t bit(uint32_t member)
{
    return UINT64_C(1) << (member & 63);
}

void bitset_add(struct bitset *set, uint32_t member)
{
    SIM_CHECK(member < set->size);
    for (uint32_t level = 0; level < LEVELS; level++, member >>= 6)
        set->words[level][member >> 6] |= bit(member);
}

void bitset_remove(struct bitset *set, uint32_t member)
{
    SIM_CHECK(member < set->size);
    for (uint32_t level = 0; level < LEVELS; level++, member >>= 6) {
        set->words[level][member >> 6] &= ~bit(member);
        if (set->words[level][member >> 6] != 0) return;
    }
}

bool bitset_has(const struct bitset *set, uint32_t member)
{
    SIM_CHECK(member < set->size);
    return (set->words[0][member >> 6] & bit(member)) != 0;
}

// From a bit of a level down to the first member below it.
static uint32_t descend(const struct bitset *set, uint32_t level, uint32_t index)
{
    while (level-- > 0)
        index = index << 6 | (uint32_t)__builtin_ctzll(set->words[level][index]);
    return index;
}

// Up while the rest of the word is empty, then down.  The top level, 64 words at most, is walked.
uint32_t bitset_next(const struct bitset *set, uint32_t from)
{
    for (uint32_t level = 0; level < LEVELS; level++) {
        uint32_t word = from >> 6;
        if (word >= set->counts[level]) return BITSET_NONE;
        uint64_t rest = set->words[level][word] >> (from & 63) << (from & 63);
        while (rest == 0 && level == LEVELS - 1 && ++word < set->counts[level])
            rest = set->words[level][word];
        if (rest != 0) return descend(set, level, word << 6 | (uint32_t)__builtin_ctzll(rest));
        from = word + 1;
    }
    return BITSET_NONE;
}

uint32_t bitset_last(const struct bitset *set)
{
    const uint32_t top = LEVELS - 1;
    uint32_t word = set->counts[top];
    while (word > 0 && set->words[top][word - 1] == 0)
        word--;
    if (word == 0) return BITSET_NONE;
    uint32_t index = word - 1;
    for (uint32_t level = LEVELS; level-- > 0;)
        index = index << 6 | (63 - (uint32_t)__builtin_clzll(set->words[level][index]));
    return index;
}
