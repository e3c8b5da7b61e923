#pragma once

#include "sim/time.h"

// A step function of time with whole values and its exact integral: queue lengths, runners in a
// state.

struct level {
    int64_t value;
    sim_time since; // when `value` began
    sim_wide area;  // integral up to `since`, in value x ns
    int64_t max;    // since the last reset
};

static inline void level_set(struct level *level, sim_time now, int64_t value)
{
    level->area += (sim_wide)level->value * (now - level->since);
    level->since = now;
    level->value = value;
    if (value > level->max) level->max = value;
}
static inline void level_add(struct level *level, sim_time now, int64_t change)
{
    level_set(level, now, level->value + change);
}

// Forgets the past, keeps the value (warm-up).
static inline void level_reset(struct level *level, sim_time now)
{
    level->area = 0;
    level->since = now;
    level->max = level->value;
}

// Integral since the reset, in value x seconds, up to now.
static inline double level_area(const struct level *level, sim_time now)
{
    return sim_wide_seconds(level->area + (sim_wide)level->value * (now - level->since));
}
