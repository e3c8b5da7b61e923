#pragma once

// A function that is compiled twice: for any processor, and for those of x86-64-v3 (AVX2, mulx).
// The loader takes the one that the processor can run; both give the same bytes, for nothing is
// contracted (-ffp-contract=off).  Only where compiler and C library can do it: elsewhere, and
// under sanitizers, once.

#include <stdint.h> // says whether the C library is glibc

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) &&       \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define CLONES
#endif
