#include "models/counts.h"

#include <math.h>

// Where in its bin the next request arrives, from 0 to 1.
static double place(struct source *s, uint32_t count)
{
    struct counts_walk *walk = &s->counts;
    uint64_t key = (uint64_t)walk->bin << 32 | walk->given;
    uint32_t left = count - walk->given++;
    if (s->config->counts.even) return (count - left + 0.5) / count;
    double share = -expm1(log1p(-rng_uniform(&s->arrival, key)) / left);
    walk->place += (1 - walk->place) * share;
    return walk->place;
}

sim_time counts_next(struct source *s)
{
    const struct arrival_counts *c = &s->config->counts;
    struct counts_walk *walk = &s->counts;
    while (walk->bin < c->bins) {
        sim_time start = sim_time_add(c->offset, walk->bin * c->width);
        bool over =
            walk->given == c->counts[walk->bin] || sim_time_add(start, c->width) <= s->config->from;
        if (over) {
            *walk = (struct counts_walk){.bin = walk->bin + 1};
            continue;
        }
        double part = place(s, c->counts[walk->bin]);
        sim_time at = sim_time_add(start, sim_from_seconds(part * sim_seconds(c->width)));
        if (at >= s->config->from) return at;
    }
    return SIM_NEVER;
}
