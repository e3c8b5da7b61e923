#pragma once

#include <stdint.h> // says whether the C library is glibc

// What a compiler is told and cannot know by itself.

// Code that is compiled anew for each of its callers, with what is constant there.
#define ALWAYS_INLINE static inline __attribute__((always_inline))
// Code that is rarely run and would be in the way where it is called.
#define OUT_OF_LINE static __attribute__((noinline))

// A branch that nearly always goes one way: that way then lies straight ahead.
#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

// A function that is compiled twice: for any processor, and for those of x86-64-v3 (AVX2, mulx).
// The loader takes the one that the processor can run; both give the same bytes, for nothing is
// contracted (-ffp-contract=off).  Only where compiler and C library can do it: elsewhere, and
// under sanitizers, once.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) &&       \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define CLONES
#endif
