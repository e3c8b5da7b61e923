#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sim/arena.h"

// A set of small numbers that finds the next or the last member in a few steps: three levels of
// 64-bit words, each bit of an upper level saying that a word below is not empty.

enum { BITSET_MAX = 1 << 24 };
#define BITSET_NONE UINT32_MAX

struct bitset;

// Members are from 0 to size - 1, size is at most BITSET_MAX.
struct bitset *bitset_create(struct arena *arena, uint32_t size);
void bitset_clear(struct bitset *set); // O(size / 64)
void bitset_add(struct bitset *set, uint32_t member);
void bitset_remove(struct bitset *set, uint32_t member);
bool bitset_has(const struct bitset *set, uint32_t member);
uint32_t bitset_next(const struct bitset *set, uint32_t from); // smallest >= from, or BITSET_NONE
uint32_t bitset_last(const struct bitset *set);                // largest, or BITSET_NONE
