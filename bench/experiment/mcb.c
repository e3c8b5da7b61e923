#include "bench/experiment/mcb.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/experiment/pairing.h"

struct lead { // of one system over another; positive is better
    uint32_t n;
    double mean, half;
};

struct field {
    const struct mcb_rule *rule;
    size_t count;
    struct lead *leads; // [system * count + other]
    bool *open;         // by system: it can still be the best
};

static struct tally tally_of(struct sample sample)
{
    struct tally tally;
    tally_reset(&tally);
    for (uint32_t i = 0; i < sample.count; i++)
        if (!isnan(sample.first[i * sample.stride]))
            tally_add(&tally, sample.first[i * sample.stride]);
    return tally;
}

static struct lead lead_of(const struct mcb_rule *rule, struct sample a, struct sample b,
                           double level)
{
    double sign = rule->smallest ? -1 : 1;
    if (rule->independent) {
        struct tally all_a = tally_of(a), all_b = tally_of(b);
        struct summary s = pairing_welch(&all_a, &all_b, level);
        return (struct lead){s.n, sign * s.mean, (s.high - s.low) / 2};
    }
    struct tally pairs;
    tally_reset(&pairs);
    for (uint32_t i = 0; i < a.count && i < b.count; i++) {
        double d = a.first[i * a.stride] - b.first[i * b.stride];
        if (!isnan(d)) tally_add(&pairs, d);
    }
    return (struct lead){(uint32_t)pairs.count, sign * tally_mean(&pairs),
                         summary_half_width(&pairs, level)};
}

static void measure(struct field *field, const struct sample *samples)
{
    double alpha = 1 - field->rule->confidence, others = (double)field->count - 1;
    double level = 1 - 2 * alpha / others; // two-sided, of a one-sided statement
    for (size_t i = 0; i < field->count; i++)
        for (size_t l = 0; l < field->count; l++)
            field->leads[i * field->count + l] =
                lead_of(field->rule, samples[i], samples[l], level);
}

// The smallest over the others, or over those of them that are open, of lead + sign x half.
static double least(const struct field *field, size_t system, double sign, bool open_only)
{
    double least = INFINITY;
    for (size_t l = 0; l < field->count; l++) {
        const struct lead *lead = &field->leads[system * field->count + l];
        if (l == system || (open_only && !field->open[l])) continue;
        double end = sign < 0 || sign > 0 ? lead->mean + sign * lead->half : lead->mean;
        if (isnan(end)) return NAN;
        least = fmin(least, end);
    }
    return least;
}

static struct contender contender_of(const struct field *field, size_t system)
{
    struct contender c = {.n = UINT32_MAX, .mean = least(field, system, 0, false)};
    for (size_t l = 0; l < field->count; l++) {
        uint32_t n = field->leads[system * field->count + l].n;
        if (l != system && n < c.n) c.n = n;
    }
    double upper = least(field, system, 1, false);
    double lower = least(field, system, -1, true); // infinite when no other one is open
    if (upper < 0) upper = 0;                      // and NaN stays
    if (lower > 0) lower = 0;
    c.low = field->rule->smallest ? -upper : lower;
    c.high = field->rule->smallest ? -lower : upper;
    if (field->rule->smallest) c.mean = -c.mean;
    return c;
}

void mcb_all(const struct mcb_rule *rule, const struct sample *samples, size_t count,
             struct contender *contenders)
{
    struct field field = {.rule = rule, .count = count};
    field.leads = memory_new(sizeof *field.leads, count * count);
    field.open = memory_new(sizeof *field.open, count);
    measure(&field, samples);
    for (size_t i = 0; i < count; i++)
        field.open[i] = !(least(&field, i, 1, false) < 0);
    for (size_t i = 0; i < count; i++)
        contenders[i] = contender_of(&field, i);
    free(field.leads);
    free(field.open);
}

bool mcb_can_be_best(bool smallest, const struct contender *contender)
{
    if (isnan(contender->low)) return true; // nobody knows
    // Those that never differ end at 0 on both sides: each is as good as the best.
    return (smallest ? contender->low < 0 : contender->high > 0) ||
           (contender->low == 0 && contender->high == 0);
}
