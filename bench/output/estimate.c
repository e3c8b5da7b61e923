#include "bench/output/estimate.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "bench/output/number.h"

enum { MOST_DECIMALS = 4 }; // before a cell gets wider than its column

// How a mean and the half of its interval are printed.
struct digits {
    double mean, half; // NaN: none
    int decimals;
    bool scientific; // too small for decimals
};

// Two digits of what is uncertain where the first is 1 or 2, else one.
static struct digits digits_of(const struct summary *s, double scale)
{
    struct digits d = {.mean = NAN, .half = NAN};
    if (s && s->n > 0) d.mean = s->mean * scale;
    if (s && s->n > 1) d.half = (s->high - s->low) / 2 * scale;
    if (!(d.half > 0)) return d;
    double leading = d.half / pow(10, floor(log10(d.half)));
    d.decimals = number_decimals(d.half, leading < 2.95 ? 2 : 1);
    if (d.decimals > MOST_DECIMALS) d.decimals = number_decimals(d.half, 1);
    d.scientific = d.decimals > MOST_DECIMALS;
    return d;
}

static struct estimate_text print(const struct digits *d, double value)
{
    struct estimate_text t;
    if (d->scientific && fabs(value) < 1e-3)
        snprintf(t.text, sizeof t.text, "%.0e", value);
    else if (d->half > 0)
        snprintf(t.text, sizeof t.text, "%s", number_fixed(value, d->decimals).text);
    else
        snprintf(t.text, sizeof t.text, "%s", number_short(value).text);
    return t;
}

struct estimate_text estimate_mean(const struct summary *s, double scale)
{
    struct digits d = digits_of(s, scale);
    return print(&d, d.mean);
}

struct estimate_text estimate_interval(const struct summary *s, double scale)
{
    struct estimate_text t;
    struct digits d = digits_of(s, scale);
    if (d.half > 0)
        snprintf(t.text, sizeof t.text, "%.48s to %.48s", print(&d, s->low * scale).text,
                 print(&d, s->high * scale).text);
    else
        snprintf(t.text, sizeof t.text, "%s", d.half == 0 ? "always" : "n/a");
    return t;
}

struct estimate_text estimate_text(const struct summary *s, double scale, const char *sign)
{
    struct estimate_text t;
    struct digits d = digits_of(s, scale);
    const char *plus = d.mean > 0 ? sign : "";
    struct estimate_text mean = print(&d, d.mean), half = print(&d, d.half);
    bool exact = isnan(d.mean) || d.half == 0;
    snprintf(t.text, sizeof t.text, "%s%.48s%s%.48s", plus, mean.text, exact ? "" : " +/- ",
             exact ? "" : half.text);
    return t;
}

const char *estimate_judge(const struct summary *difference, enum metric_better better)
{
    bool clear = difference->low > 0 || difference->high < 0;
    if (!clear || better == BETTER_NEITHER) return "";
    return (difference->mean < 0) == (better == BETTER_LOWER) ? "better" : "worse";
}
