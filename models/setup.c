#include "models/setup.h"

#include <math.h>
#include <string.h>

#include "models/fleet.h"

void setup_create(struct model *m, struct pool *pool, struct arena *arena)
{
    (void)m;
    if (pool->config->step_count == 0) return;
    pool->steps = arena_new(arena, struct step_tally, pool->config->step_count);
}

void setup_reset(struct model *m)
{
    for (uint32_t p = 0; p < m->config->revision_count; p++)
        for (uint32_t i = 0; m->pools[p].steps && i < m->pools[p].config->step_count; i++)
            m->pools[p].steps[i] = (struct step_tally){0};
}

static uint32_t region_of(const struct model *m, const struct pool *pool, const struct runner *r)
{
    return m->config->machines[pool->config->machines[r->slot]].region_id;
}

// Counts the runner in its region; was it the first?
static bool enter_region(struct model *m, struct pool *pool, struct runner *r)
{
    struct region_cache *region = &pool->regions[region_of(m, pool, r)];
    sim_time forgotten = sim_time_add(region->left, pool->config->cache_lifetime);
    bool first = region->runners == 0 && (!region->known || forgotten < m->now);
    region->runners++;
    region->known = true;
    r->caches = true;
    return first;
}

void setup_left(struct model *m, struct runner *r)
{
    if (!r->caches) return;
    struct pool *pool = &m->pools[r->pool];
    struct region_cache *region = &pool->regions[region_of(m, pool, r)];
    region->runners--;
    region->left = m->now;
    r->caches = false;
}

static double step_s(struct model *m, struct pool *pool, uint64_t number, uint32_t i)
{
    const struct setup_step *step = &pool->config->steps[i];
    uint64_t key = number * SETUP_STEPS + i;
    if (step->size_gb <= 0) return dist_draw(&step->time, &pool->step, key);
    const struct tier_config *tier = &m->config->platform.tiers[step->tier];
    return step->size_gb / dist_draw(&tier->gb_per_s, &pool->step, key);
}

// Tallies count the part of each step that startup_timeout lets happen.
static sim_time climb(struct model *m, struct pool *pool, uint64_t number, double factor)
{
    sim_time sum = 0, limit = pool->startup_timeout;
    for (uint32_t i = 0; i < pool->config->step_count; i++) {
        sim_time length = sim_from_seconds(step_s(m, pool, number, i) * factor);
        if (sum <= limit) {
            pool->steps[i].count++;
            pool->steps[i].ns += length < limit - sum ? length : limit - sum;
        }
        sum = sim_time_add(sum, length);
    }
    return sum;
}

sim_time setup_begin(struct model *m, struct runner *r)
{
    struct pool *pool = &m->pools[r->pool];
    const struct revision_config *c = pool->config;
    double factor = 1;
    if (c->first_in_region_factor != 1 && enter_region(m, pool, r))
        factor = c->first_in_region_factor;
    if (fleet_is_initial(r)) return 0;
    if (c->step_count > 0) return climb(m, pool, r->number, factor);
    sim_time length = dist_draw_time(&c->setup, &pool->setup, r->number);
    return factor == 1 ? length : sim_from_seconds(sim_seconds(length) * factor);
}

sim_time setup_length(struct model *m, struct pool *pool, uint64_t number)
{
    const struct revision_config *c = pool->config;
    sim_time length = 0;
    for (uint32_t i = 0; i < c->step_count; i++)
        length = sim_time_add(length, sim_from_seconds(step_s(m, pool, number, i)));
    if (c->step_count == 0) length = dist_draw_time(&c->setup, &pool->setup, number);
    return length < pool->startup_timeout ? length : pool->startup_timeout;
}

double setup_mean_s(const struct model *m, const struct revision_config *c)
{
    double sum = c->step_count == 0 ? dist_mean(&c->setup) : 0;
    for (uint32_t i = 0; i < c->step_count; i++) {
        const struct setup_step *step = &c->steps[i];
        sum += step->size_gb <= 0
                   ? dist_mean(&step->time)
                   : step->size_gb / dist_mean(&m->config->platform.tiers[step->tier].gb_per_s);
    }
    return fmin(sum, sim_seconds(c->startup_timeout));
}

// The step of that name in a revision's ladder, or NONE.
static uint32_t find_step(const struct pool *pool, const char *name)
{
    for (uint32_t i = 0; i < pool->config->step_count; i++)
        if (strcmp(pool->config->steps[i].name, name) == 0) return i;
    return NONE;
}

// Over all revisions of the app.
static double mean_of(const struct model *m, const struct app *app, const char *name)
{
    struct step_tally sum = {0};
    for (uint32_t i = 0; i < app->config->revisions; i++) {
        const struct pool *pool = &m->pools[app->config->first_revision + i];
        uint32_t step = find_step(pool, name);
        if (step == NONE) continue;
        sum.count += pool->steps[step].count;
        sum.ns += pool->steps[step].ns;
    }
    return sum.count > 0 ? sim_wide_seconds(sum.ns) / (double)sum.count : NAN;
}

static bool is_known(const struct model *m, const struct app *app, uint32_t revision,
                     const char *name)
{
    for (uint32_t i = 0; i < revision; i++)
        if (find_step(&m->pools[app->config->first_revision + i], name) != NONE) return true;
    return false;
}

void setup_report(const struct model *m, const struct app *app, setup_step_sink *sink,
                  void *context)
{
    for (uint32_t i = 0; i < app->config->revisions; i++) {
        const struct revision_config *c = m->pools[app->config->first_revision + i].config;
        for (uint32_t s = 0; s < c->step_count; s++)
            if (!is_known(m, app, i, c->steps[s].name))
                sink(context, c->steps[s].name, mean_of(m, app, c->steps[s].name));
    }
}
