#pragma once

#include <gsl/gsl_rng.h>
#include <stdint.h>

// Keyed random numbers (DESIGN O2).
//
// Philox4x64-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC
// 2011) turns a 256-bit counter and a 128-bit key into 256 random bits, with no state.  Here
// the key is (seed, replication) and the counter is the address of a number: (stream, entity,
// draw).  So the service time of request 811 is the same number whatever else a strategy has
// drawn before: common random numbers need no care, and threads cannot disturb each other.
//
// Two ways to address a number:
//   rng_word(stream, index)      one word for each index: for what needs exactly one uniform per
//                                entity.  Four neighbours share a block, which is kept; who walks
//                                up gets four blocks at a time, which a processor computes side
//                                by side.  Any other order gives the same words.
//   rng_draws_of(stream, entity) a sequence of words for one entity: for what needs several, or a
//                                number that is not known beforehand (rejection).
// The two address spaces do not overlap.

void philox4x64_10(const uint64_t counter[4], const uint64_t key[2], uint64_t out[4]);

enum { RNG_KEPT = 16 };

struct rng_stream {
    uint64_t seed, replication, stream;
    uint64_t first, count; // words kept: first, first + 1, ... first + count - 1; whole blocks
    uint64_t words[RNG_KEPT];
};

struct rng_draws {
    uint64_t seed, replication, stream, entity;
    uint64_t next; // how many words were taken
    uint64_t block[4];
};

void rng_stream_open(struct rng_stream *stream, uint64_t seed, uint64_t replication, uint64_t id);
uint64_t rng_word_slow(struct rng_stream *stream, uint64_t index); // computes blocks

static inline uint64_t rng_word(struct rng_stream *stream, uint64_t index)
{
    uint64_t place = index - stream->first;
    return place < stream->count ? stream->words[place] : rng_word_slow(stream, index);
}

// RNG_BATCH of them, from `first` on.
enum { RNG_BATCH = 32 };
void rng_words(struct rng_stream *stream, uint64_t first, uint64_t words[RNG_BATCH]);

// Open interval (0, 1): an odd multiple of 2^-53, the middle of one of 2^52 equal cells.  So it
// is exact, never 0, never 1 (53 bits and a half would round up to 1), and 1 - u is exact too
// and again one of them.
static inline double rng_to_uniform(uint64_t word)
{
    return (double)(int64_t)(word >> 11 | 1) * 0x1p-53;
}

static inline double rng_uniform(struct rng_stream *stream, uint64_t index)
{
    return rng_to_uniform(rng_word(stream, index));
}

struct rng_draws rng_draws_of(const struct rng_stream *stream, uint64_t entity);
uint64_t rng_next(struct rng_draws *draws);

// A GSL view onto a sequence of draws, so that gsl_ran_* works on it: wrap, use, forget.
struct rng_gsl {
    gsl_rng rng; // pass &view.rng
};
struct rng_gsl rng_gsl_view(struct rng_draws *draws);
extern const gsl_rng_type *const rng_gsl_philox4x64; // min 0, max 2^64-1, state: struct rng_draws
