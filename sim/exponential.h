#pragma once

#include <stdint.h>
#include <string.h>

// Standard exponential numbers by inversion: -log(1 - u) of the uniform that a random word stands
// for (rng_to_uniform()), rising with the word.
//
// Most of a simulation's random numbers are these, so the logarithm is our own: without calls,
// tables and branches, so that a compiler computes several at a time, and without a C library whose
// last bit differs from the next one's.
//
// With x = m 2^k, m from sqrt(1/2) to sqrt(2), f = m - 1 and s = f / (2 + f):
//
//   log x = k log 2 + 2 atanh s = k log 2 + f - f^2/2 + s (f^2/2 + s^2 P(s^2))
//
// P is the polynomial of degree 6 that meets (2 atanh s - 2 s) / s^3 at the Chebyshev points of
// s^2; it is off by 4e-16 of itself at most, which is 5e-18 of the logarithm.  The rounding of the
// sum is the whole error, less than 1 unit in the last place.  log 2 has a head of 32 bits, so its
// product with k is exact.

#define EXPONENTIAL_MOST 36.75 // no number is above: 53 log 2 is 36.74

static inline double exponential_from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint64_t exponential_to_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

// 0 < x < 2^1023, normal.
static inline double exponential_log(double x)
{
    const uint64_t root_half = UINT64_C(0x3FE6A09E667F3BCD), one = UINT64_C(0x3FF0000000000000);
    uint64_t shifted = exponential_to_bits(x) + (one - root_half);
    uint64_t mantissa = (shifted & UINT64_C(0x000FFFFFFFFFFFFF)) + root_half;
    // The exponent as a double: 2^52 + it, less 2^52 and the bias.
    double k =
        exponential_from_bits(shifted >> 52 | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023);
    double f = exponential_from_bits(mantissa) - 1;
    double s = f / (2 + f), z = s * s, w = z * z, half = .5 * f * f;
    double low = (0x1.5555555555558p-1 + 0x1.99999999952e2p-2 * z) +
                 w * (0x1.2492492df148dp-2 + 0x1.c71c62e5800a1p-3 * z);
    double high = (0x1.7462b4ab2ef6bp-3 + 0x1.39fe606542ddep-3 * z) + w * 0x1.2b584aae78a57p-3;
    double p = low + w * w * high;
    double tail = s * (half + z * p) + k * 0x1.a39ef35793c76p-33;
    return ((tail - half) + f) + k * 0x1.62e42feep-1;
}

static inline double exponential_unit(uint64_t word)
{
    double from_one = exponential_from_bits(word >> 12 | UINT64_C(0x3FF0000000000000)); // 1 + u
    return -exponential_log((2 - from_one) - 0x1p-53);
}
