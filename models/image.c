#include "models/image.h"

enum { NO_NODE = UINT16_MAX };

void image_create(struct model *m, struct pool *pool, struct arena *arena)
{
    (void)m;
    if (pool->config->image_nodes == 0) return;
    pool->nodes = arena_new(arena, struct image_node, pool->config->image_nodes);
}

static bool holds(const struct model *m, const struct pool *pool, const struct image_node *node)
{
    if (!node->holds || node->runners > 0) return node->holds;
    return sim_time_add(node->left, pool->config->cache_lifetime) >= m->now;
}

// How good a node is for a start: 2 free with the image, 1 free, 0 taken.
static int grade(const struct model *m, const struct pool *pool, const struct image_node *node)
{
    if (node->runners > 0) return 0;
    return holds(m, pool, node) ? 2 : 1;
}

// One of the best nodes, each as likely as the others.
static uint32_t draw_node(struct model *m, struct pool *pool, uint64_t number)
{
    uint32_t count = 0, nodes = pool->config->image_nodes;
    int best = 0;
    for (uint32_t i = 0; i < nodes; i++) {
        int g = grade(m, pool, &pool->nodes[i]);
        if (g > best) count = 0;
        if (g > best) best = g;
        count += g == best;
    }
    uint32_t nth = (uint32_t)(rng_uniform(&pool->node, number) * count), i = 0;
    for (;; i++)
        if (grade(m, pool, &pool->nodes[i]) == best && nth-- == 0) return i;
}

bool image_foreseen(struct pool *pool, uint64_t number)
{
    double cached = pool->config->image_cached;
    return pool->nodes || cached >= 1 || rng_uniform(&pool->image, number) < cached;
}

bool image_cached(struct model *m, struct runner *r)
{
    struct pool *pool = &m->pools[r->pool];
    r->node = NO_NODE;
    if (!pool->nodes) return image_foreseen(pool, r->number);
    r->node = (uint16_t)draw_node(m, pool, r->number);
    struct image_node *node = &pool->nodes[r->node];
    node->holds = holds(m, pool, node);
    node->runners++;
    return node->holds;
}

void image_pulled(struct model *m, const struct runner *r)
{
    struct pool *pool = &m->pools[r->pool];
    if (pool->nodes) pool->nodes[r->node].holds = true;
}

void image_left(struct model *m, const struct runner *r)
{
    struct pool *pool = &m->pools[r->pool];
    if (!pool->nodes || r->node == NO_NODE) return;
    struct image_node *node = &pool->nodes[r->node];
    node->runners--;
    node->left = m->now;
}
