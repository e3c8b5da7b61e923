#include "sim/rng.h"

#include "sim/compiler.h"

#include <stdbool.h>

__extension__ typedef unsigned __int128 wide;

enum { ROUNDS = 10 };

// The last word of a counter says which address space it belongs to.
enum { SPACE_WORDS = 0, SPACE_DRAWS = 1 };

struct schedule { // the key of each round
    uint64_t first[ROUNDS], second[ROUNDS];
};

static inline void make_schedule(struct schedule *s, const uint64_t key[2])
{
    for (uint64_t round = 0; round < ROUNDS; round++) {
        s->first[round] = key[0] + round * UINT64_C(0x9E3779B97F4A7C15);  // golden ratio
        s->second[round] = key[1] + round * UINT64_C(0xBB67AE8584CAA73B); // sqrt(3) - 1
    }
}

static inline void block_of(const uint64_t counter[4], const struct schedule *key, uint64_t out[4])
{
    __asm__("" : "+r"(key)); // hides that blocks share it, or compilers copy it to spare registers
    uint64_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
#pragma GCC unroll 10
    for (int round = 0; round < ROUNDS; round++) {
        wide p0 = (wide)UINT64_C(0xD2E7470EE14C6C93) * c0;
        wide p1 = (wide)UINT64_C(0xCA5A826395121157) * c2;
        c0 = (uint64_t)(p1 >> 64) ^ c1 ^ key->first[round];
        c1 = (uint64_t)p1;
        c2 = (uint64_t)(p0 >> 64) ^ c3 ^ key->second[round];
        c3 = (uint64_t)p0;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

void philox4x64_10(const uint64_t counter[4], const uint64_t key[2], uint64_t out[4])
{
    struct schedule schedule;
    make_schedule(&schedule, key);
    block_of(counter, &schedule, out);
}

void rng_stream_open(struct rng_stream *stream, uint64_t seed, uint64_t replication, uint64_t id)
{
    *stream = (struct rng_stream){
        .seed = seed,
        .replication = replication,
        .stream = id,
    };
}

// Whole blocks.
CLONES static void fill(const struct rng_stream *stream, uint64_t first, uint64_t *words,
                        uint64_t count)
{
    const uint64_t key[2] = {stream->seed, stream->replication};
    struct schedule schedule;
    make_schedule(&schedule, key);
    for (uint64_t i = 0; i < count; i += 4) {
        const uint64_t counter[4] = {(first + i) >> 2, 0, stream->stream, SPACE_WORDS};
        block_of(counter, &schedule, &words[i]);
    }
}

uint64_t rng_word_slow(struct rng_stream *stream, uint64_t index)
{
    uint64_t first = index & ~UINT64_C(3);
    bool walks = first == stream->first + stream->count;
    stream->first = first;
    stream->count = walks ? RNG_KEPT : 4;
    fill(stream, first, stream->words, stream->count);
    return stream->words[index - first];
}

void rng_words(struct rng_stream *stream, uint64_t first, uint64_t words[RNG_BATCH])
{
    if (first % 4 == 0) {
        fill(stream, first, words, RNG_BATCH);
        return;
    }
    for (uint64_t i = 0; i < RNG_BATCH; i++)
        words[i] = rng_word(stream, first + i);
}

struct rng_draws rng_draws_of(const struct rng_stream *stream, uint64_t entity)
{
    return (struct rng_draws){
        .seed = stream->seed,
        .replication = stream->replication,
        .stream = stream->stream,
        .entity = entity,
    };
}

uint64_t rng_next(struct rng_draws *draws)
{
    if ((draws->next & 3) == 0) {
        const uint64_t counter[4] = {draws->next >> 2, draws->entity, draws->stream, SPACE_DRAWS};
        const uint64_t key[2] = {draws->seed, draws->replication};
        philox4x64_10(counter, key, draws->block);
    }
    return draws->block[draws->next++ & 3];
}

// GSL's names for the same things.

static void gsl_set(void *state, unsigned long seed)
{
    struct rng_draws *draws = state;
    draws->seed = seed;
    draws->next = 0;
}

static unsigned long gsl_get(void *state)
{
    return rng_next(state);
}

static double gsl_get_uniform(void *state)
{
    return rng_to_uniform(rng_next(state));
}

static const gsl_rng_type philox_type = {
    .name = "philox4x64",
    .max = UINT64_MAX,
    .min = 0,
    .size = sizeof(struct rng_draws),
    .set = gsl_set,
    .get = gsl_get,
    .get_double = gsl_get_uniform,
};
const gsl_rng_type *const rng_gsl_philox4x64 = &philox_type;

struct rng_gsl rng_gsl_view(struct rng_draws *draws)
{
    return (struct rng_gsl){.rng = {.type = &philox_type, .state = draws}};
}
