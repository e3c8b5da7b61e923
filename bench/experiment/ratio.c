#include "bench/experiment/ratio.h"

#include <math.h>
#include <stdbool.h>

#include "sim/check.h"

struct pair {
    double part, whole;
};

static struct pair pair_at(struct sample parts, struct sample wholes, uint32_t i)
{
    return (struct pair){parts.first[i * parts.stride], wholes.first[i * wholes.stride]};
}

static bool counts(struct pair pair)
{
    return pair.whole > 0 && !isnan(pair.part);
}

// Pseudo-values of equal ratios differ in their last bits, so they are looked for beforehand.
struct spread {
    struct pair sum;
    uint32_t n;
    double least, most; // ratio
};

static struct spread spread_of(struct sample parts, struct sample wholes)
{
    struct spread s = {.least = INFINITY, .most = -INFINITY};
    for (uint32_t i = 0; i < parts.count; i++) {
        struct pair pair = pair_at(parts, wholes, i);
        if (!counts(pair)) continue;
        s.n++;
        s.sum.part += pair.part;
        s.sum.whole += pair.whole;
        s.least = fmin(s.least, pair.part / pair.whole);
        s.most = fmax(s.most, pair.part / pair.whole);
    }
    return s;
}

struct ratio ratio_of(struct sample parts, struct sample wholes)
{
    SIM_CHECK(parts.count == wholes.count);
    struct spread s = spread_of(parts, wholes);
    struct ratio r = {.n = s.n, .of_sums = NAN, .jackknife = NAN, .se = NAN};
    if (s.n == 0) return r;
    bool equal = s.least >= s.most;
    r.of_sums = r.jackknife = equal ? s.least : s.sum.part / s.sum.whole;
    if (s.n == 1) return r;
    r.se = 0;
    if (equal) return r;
    struct tally pseudo;
    tally_reset(&pseudo);
    for (uint32_t i = 0; i < parts.count; i++) {
        struct pair pair = pair_at(parts, wholes, i);
        if (!counts(pair)) continue;
        double without = (s.sum.part - pair.part) / (s.sum.whole - pair.whole);
        tally_add(&pseudo, s.n * r.of_sums - (s.n - 1) * without);
    }
    r.jackknife = tally_mean(&pseudo);
    r.se = sqrt(tally_variance(&pseudo) / s.n);
    return r;
}
