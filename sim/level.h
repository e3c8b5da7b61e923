#pragma once

#include "sim/time.h"

// A step function of time with whole values and its exact integral: queue lengths, runners in a
// state.
//
// A change c at time t takes c t from the integral up to now of a value that had been there since
// 0, so what is kept is the sum of all c t: a step by one costs an addition, and no product.

struct level {
    int64_t value;
    int64_t max;     // since the last reset
    sim_wide moment; // sum of change x time, in value x ns
};

static inline void level_set(struct level *level, sim_time now, int64_t value)
{
    level->moment += (sim_wide)(value - level->value) * now;
    level->value = value;
    if (value > level->max) level->max = value;
}

static inline void level_up(struct level *level, sim_time now) // by one
{
    sim_wide_add(&level->moment, now);
    if (++level->value > level->max) level->max = level->value;
}

static inline void level_down(struct level *level, sim_time now)
{
    sim_wide_subtract(&level->moment, now);
    level->value--;
}

// Forgets the past, keeps the value (warm-up).
static inline void level_reset(struct level *level, sim_time now)
{
    level->moment = (sim_wide)level->value * now;
    level->max = level->value;
}

// Integral since the reset, up to now.
static inline sim_wide level_area_ns(const struct level *level, sim_time now) // value x ns
{
    return (sim_wide)level->value * now - level->moment;
}

static inline double level_area(const struct level *level, sim_time now) // value x seconds
{
    return sim_wide_seconds(level_area_ns(level, now));
}
