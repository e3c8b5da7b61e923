#pragma once

#include <stdint.h>

// Simulated time is a whole number of nanoseconds since the start of a replication (DESIGN O1).
// Integers make ties exact and sums exact; 63 bits reach 292 years.

typedef int64_t sim_time;

#define SIM_NEVER INT64_MAX
#define SIM_SECOND INT64_C(1000000000)

// Sums of time times count pass 64 bits in long runs of large pools.
__extension__ typedef __int128 sim_wide;

static inline double sim_seconds(sim_time t)
{
    return (double)t / (double)SIM_SECOND;
}

static inline double sim_wide_seconds(sim_wide t)
{
    return (double)t / (double)SIM_SECOND;
}

// *sum += t and *sum -= t for t >= 0, in two instructions, where compilers take up to six.
static inline void sim_wide_add(sim_wide *sum, sim_time t)
{
#ifdef __x86_64__
    __asm__("addq %1, %0\n\tadcq $0, %H0" : "+m"(*sum) : "r"(t) : "cc");
#else
    *sum += (uint64_t)t;
#endif
}

static inline void sim_wide_subtract(sim_wide *sum, sim_time t)
{
#ifdef __x86_64__
    __asm__("subq %1, %0\n\tsbbq $0, %H0" : "+m"(*sum) : "r"(t) : "cc");
#else
    *sum -= (uint64_t)t;
#endif
}

#define SIM_FROM_SECONDS_MOST 9.2e9

// Nearest nanosecond; below 0 and NaN give 0, 9.2e9 s and above give SIM_NEVER.
static inline sim_time sim_from_seconds(double seconds)
{
    if (!(seconds > 0)) return 0;
    if (seconds >= SIM_FROM_SECONDS_MOST) return SIM_NEVER;
    return (sim_time)(seconds * (double)SIM_SECOND + 0.5);
}

// a + b without passing SIM_NEVER; a >= 0 and b >= 0.
static inline sim_time sim_time_add(sim_time a, sim_time b)
{
    sim_time sum;
    return __builtin_add_overflow(a, b, &sum) ? SIM_NEVER : sum;
}
