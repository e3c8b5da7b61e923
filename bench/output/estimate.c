#include "bench/output/estimate.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "bench/output/number.h"

static double half_width(const struct summary *s, double scale)
{
    return s->n < 2 ? NAN : (s->high - s->low) / 2 * scale;
}

// Two digits of what is uncertain where the first is 1 or 2, else one.
static int decimals_of(double half)
{
    double leading = fabs(half) / pow(10, floor(log10(fabs(half))));
    return half > 0 ? number_decimals(half, leading < 2.95 ? 2 : 1) : 0;
}

struct estimate_text estimate_mean(const struct summary *s, double scale)
{
    struct estimate_text t;
    double mean = s && s->n > 0 ? s->mean * scale : NAN, half = s ? half_width(s, scale) : NAN;
    struct number_text number =
        half > 0 ? number_fixed(mean, decimals_of(half)) : number_short(mean);
    snprintf(t.text, sizeof t.text, "%s", number.text);
    return t;
}

struct estimate_text estimate_interval(const struct summary *s, double scale)
{
    struct estimate_text t;
    double half = half_width(s, scale);
    int decimals = decimals_of(half);
    if (half > 0)
        snprintf(t.text, sizeof t.text, "%s to %s", number_fixed(s->low * scale, decimals).text,
                 number_fixed(s->high * scale, decimals).text);
    else
        snprintf(t.text, sizeof t.text, "%s", half == 0 ? "always" : "n/a");
    return t;
}

struct estimate_text estimate_text(const struct summary *s, double scale, const char *sign)
{
    struct estimate_text mean = estimate_mean(s, scale), t;
    if (!s || s->n == 0) return mean;
    double half = half_width(s, scale);
    const char *plus = s->mean > 0 ? sign : "";
    if (s->n == 1)
        snprintf(t.text, sizeof t.text, "%s%.40s +/- n/a", plus, mean.text);
    else if (half == 0)
        snprintf(t.text, sizeof t.text, "%s%.40s", plus, mean.text);
    else
        snprintf(t.text, sizeof t.text, "%s%.40s +/- %s", plus, mean.text,
                 number_fixed(half, decimals_of(half)).text);
    return t;
}

const char *estimate_judge(const struct summary *difference, enum metric_better better)
{
    bool clear = difference->low > 0 || difference->high < 0;
    if (!clear || better == BETTER_NEITHER) return "";
    return (difference->mean < 0) == (better == BETTER_LOWER) ? "better" : "worse";
}
