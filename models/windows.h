#pragma once

#include <stdint.h>

#include "sim/arena.h"
#include "sim/time.h"

// Sums over windows that slide over time in steps of one slot: how much of something there was in
// the last minute, five minutes, hour, and how much of it was bad.  Slots are of equal length and
// come one after the other; the last ones are kept in a ring as long as the longest window, so
// memory is fixed and a slot costs a few additions for each window.  Amounts are whole numbers, so
// sums are exact.

enum { WINDOWS_MOST = 8 };

struct window_slot {
    int64_t bad, all; // bad <= all
};

struct windows {
    uint32_t count;
    uint32_t lengths[WINDOWS_MOST]; // in slots, rising
    struct window_slot *ring;       // of lengths[count - 1]
    uint64_t closed;                // slots so far
    struct {
        sim_wide bad, all;
    } sums[WINDOWS_MOST]; // over the last lengths[i] slots, or all when there were fewer
};

void windows_create(struct windows *windows, struct arena *arena, const uint32_t *lengths,
                    uint32_t count);
void windows_reset(struct windows *windows);                          // forgets all slots
void windows_close(struct windows *windows, struct window_slot slot); // the next slot is complete

// bad / all of the last lengths[i] slots; NaN when nothing was there, or before that many slots
// have passed.
double windows_ratio(const struct windows *windows, uint32_t i);
// The same from the first slot on: what was before them is taken as time with the same traffic
// and nothing bad.
double windows_ratio_before(const struct windows *windows, uint32_t i);
