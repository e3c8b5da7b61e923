#include "bench/speed/reference.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct random {
    uint64_t s[4];
};

static inline uint64_t rotate(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static inline uint64_t next_word(struct random *random)
{
    uint64_t *s = random->s, result = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

static struct random random_start(void)
{
    struct random random = {{1, 2, 3, 4}};
    for (int i = 0; i < 64; i++)
        next_word(&random);
    return random;
}

static inline double exponential(struct random *random, double mean)
{
    return -mean * log((double)(next_word(random) >> 11 | 1) * 0x1p-53);
}

enum { RING = 1 << 16 };

struct reference_answer reference_mm1(double rate_per_s, double service_s, double horizon_s)
{
    struct random random = random_start();
    double *ring = calloc(RING, sizeof *ring);
    if (!ring) return (struct reference_answer){0, NAN};
    double between = 1 / rate_per_s, arrival = exponential(&random, between), leave = INFINITY;
    double sum = 0;
    uint32_t head = 0, tail = 0;
    uint64_t done = 0;
    while (arrival < horizon_s || leave < horizon_s) {
        if (arrival < leave) {
            ring[tail++ % RING] = arrival;
            if (tail - head == 1) leave = arrival + exponential(&random, service_s);
            arrival += exponential(&random, between);
        } else {
            sum += leave - ring[head++ % RING];
            done++;
            leave = tail != head ? leave + exponential(&random, service_s) : INFINITY;
        }
    }
    free(ring);
    return (struct reference_answer){done, sum / (double)done};
}

// Runners by order of creation.  A position is taken again only when it is the newest, so the order
// holds; a bit says that the runner there is idle.
enum { POSITIONS = 1 << 18, WORDS = POSITIONS / 64, HEAP = 1 << 18 };

struct busy { // a runner's end of service
    double at;
    uint32_t runner;
};

struct hand_pool {
    uint64_t idle[WORDS], groups[WORDS / 64];
    double idle_since[POSITIONS];
    struct busy heap[HEAP];
    uint32_t busy_count, top; // positions from `top` on are free
};

static void set_idle(struct hand_pool *pool, uint32_t runner)
{
    pool->idle[runner / 64] |= UINT64_C(1) << runner % 64;
    pool->groups[runner / 4096] |= UINT64_C(1) << runner / 64 % 64;
}

static void clear_idle(struct hand_pool *pool, uint32_t runner)
{
    pool->idle[runner / 64] &= ~(UINT64_C(1) << runner % 64);
    if (pool->idle[runner / 64] == 0)
        pool->groups[runner / 4096] &= ~(UINT64_C(1) << runner / 64 % 64);
}

static uint32_t highest(uint64_t word)
{
    return 63u - (uint32_t)__builtin_clzll(word);
}

// The newest idle runner; those found past their keep_alive are dropped on the way.
static uint32_t take_idle(struct hand_pool *pool, double now, double keep_alive_s)
{
    uint32_t group = pool->top / 4096 + 1;
    while (group-- > 0) {
        while (pool->groups[group]) {
            uint32_t word = group * 64 + highest(pool->groups[group]);
            uint32_t runner = word * 64 + highest(pool->idle[word]);
            clear_idle(pool, runner);
            if (pool->idle_since[runner] + keep_alive_s > now) return runner;
            if (runner + 1 == pool->top) pool->top--;
        }
    }
    return pool->top < POSITIONS ? pool->top++ : POSITIONS - 1;
}

static void push_busy(struct hand_pool *pool, struct busy entry)
{
    uint32_t at = pool->busy_count++;
    while (at > 0 && entry.at < pool->heap[(at - 1) / 4].at) {
        pool->heap[at] = pool->heap[(at - 1) / 4];
        at = (at - 1) / 4;
    }
    pool->heap[at] = entry;
}

static void pop_busy(struct hand_pool *pool)
{
    struct busy last = pool->heap[--pool->busy_count];
    uint32_t at = 0;
    for (uint32_t first = 1; first < pool->busy_count; first = 4 * at + 1) {
        uint32_t least = first, end = first + 4 < pool->busy_count ? first + 4 : pool->busy_count;
        for (uint32_t i = first + 1; i < end; i++)
            if (pool->heap[i].at < pool->heap[least].at) least = i;
        if (last.at <= pool->heap[least].at) break;
        pool->heap[at] = pool->heap[least];
        at = least;
    }
    pool->heap[at] = last;
}

struct reference_answer reference_pool(const struct reference_pool_config *config)
{
    struct random random = random_start();
    struct hand_pool *pool = calloc(1, sizeof *pool);
    if (!pool) return (struct reference_answer){0, NAN};
    double between = 1 / config->rate_per_s, busy_s = 0;
    uint64_t requests = 0;
    double now = exponential(&random, between);
    while (now < config->horizon_s) {
        while (pool->busy_count > 0 && pool->heap[0].at <= now) {
            uint32_t runner = pool->heap[0].runner;
            pool->idle_since[runner] = pool->heap[0].at;
            set_idle(pool, runner);
            pop_busy(pool);
        }
        double service = exponential(&random, config->service_s);
        uint32_t runner = take_idle(pool, now, config->keep_alive_s);
        busy_s += service;
        requests++;
        if (pool->busy_count < HEAP) push_busy(pool, (struct busy){now + service, runner});
        now += exponential(&random, between);
    }
    free(pool);
    return (struct reference_answer){requests, busy_s / config->horizon_s};
}
