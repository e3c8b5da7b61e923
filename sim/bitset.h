#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/check.h"

// A set of small numbers that finds the next or the last member in a few steps: three levels of
// 64-bit words, each bit of an upper level saying that a word below is not empty.

enum { BITSET_MAX = 1 << 24 };
#define BITSET_NONE UINT32_MAX

enum { BITSET_LEVELS = 3 };

struct bitset {
    uint64_t *words[BITSET_LEVELS]; // words[0] are the members
    uint32_t counts[BITSET_LEVELS]; // of words
    uint32_t size;
    uint32_t high; // no word of words[0] above it has members
};

// Members are from 0 to size - 1, size is at most BITSET_MAX.
struct bitset *bitset_create(struct arena *arena, uint32_t size);
void bitset_clear(struct bitset *set); // O(size / 64)

static inline uint64_t bitset_bit(uint32_t member)
{
    return UINT64_C(1) << (member & 63);
}

void bitset_add_above(struct bitset *set, uint32_t index);    // this word has its first member
void bitset_remove_above(struct bitset *set, uint32_t index); // this one has lost its last

static inline void bitset_add(struct bitset *set, uint32_t member)
{
    SIM_CHECK(member < set->size);
    if (member >> 6 > set->high) set->high = member >> 6;
    uint64_t *word = &set->words[0][member >> 6], before = *word;
    *word = before | bitset_bit(member);
    if (before == 0) bitset_add_above(set, member >> 6);
}

static inline void bitset_remove(struct bitset *set, uint32_t member)
{
    SIM_CHECK(member < set->size);
    uint64_t *word = &set->words[0][member >> 6];
    *word &= ~bitset_bit(member);
    if (*word == 0) bitset_remove_above(set, member >> 6);
}

static inline bool bitset_has(const struct bitset *set, uint32_t member)
{
    SIM_CHECK(member < set->size);
    return (set->words[0][member >> 6] & bitset_bit(member)) != 0;
}

// From a bit of a level down to the first member below it.
static inline uint32_t bitset_descend(const struct bitset *set, uint32_t level, uint32_t index)
{
    while (level-- > 0)
        index = index << 6 | (uint32_t)__builtin_ctzll(set->words[level][index]);
    return index;
}

// Up while the rest of the word is empty, then down.  The top level, 64 words at most, is walked.
// The smallest member >= from, or BITSET_NONE.
static inline uint32_t bitset_next(const struct bitset *set, uint32_t from)
{
    for (uint32_t level = 0; level < BITSET_LEVELS; level++) {
        uint32_t word = from >> 6;
        if (word >= set->counts[level]) return BITSET_NONE;
        uint64_t rest = set->words[level][word] >> (from & 63) << (from & 63);
        while (rest == 0 && level == BITSET_LEVELS - 1 && ++word < set->counts[level])
            rest = set->words[level][word];
        if (rest != 0)
            return bitset_descend(set, level, word << 6 | (uint32_t)__builtin_ctzll(rest));
        from = word + 1;
    }
    return BITSET_NONE;
}

uint32_t bitset_last_slow(struct bitset *set); // the word at `high` is empty

// The largest member, or BITSET_NONE.
static inline uint32_t bitset_last(struct bitset *set)
{
    uint64_t word = set->words[0][set->high];
    if (word == 0) return bitset_last_slow(set);
    return set->high << 6 | (63 - (uint32_t)__builtin_clzll(word));
}
