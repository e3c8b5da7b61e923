#include "bench/output/estimate.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "bench/output/number.h"

static double half_width(const struct summary *s, double scale)
{
    return s->n < 2 ? NAN : (s->high - s->low) / 2 * scale;
}

struct estimate_text estimate_mean(const struct summary *s, double scale)
{
    struct estimate_text t;
    double mean = s && s->n > 0 ? s->mean * scale : NAN, half = s ? half_width(s, scale) : NAN;
    struct number_text number =
        half > 0 ? number_fixed(mean, number_decimals(half, 2)) : number_short(mean);
    snprintf(t.text, sizeof t.text, "%s", number.text);
    return t;
}

struct estimate_text estimate_interval(const struct summary *s, double scale)
{
    struct estimate_text t;
    double half = half_width(s, scale);
    int decimals = number_decimals(half, 2);
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
                 number_fixed(half, number_decimals(half, 2)).text);
    return t;
}

const char *estimate_judge(const struct summary *difference, enum metric_better better)
{
    bool clear = difference->low > 0 || difference->high < 0;
    if (!clear || better == BETTER_NEITHER) return "";
    return (difference->mean < 0) == (better == BETTER_LOWER) ? "better" : "worse";
}
