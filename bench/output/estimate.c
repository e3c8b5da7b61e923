#include "bench/output/estimate.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/interval.h"

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
    if (s && s->n > 0) d.mean = summary_estimate(s) * scale;
    if (s && s->n > 0) d.half = (s->high - s->low) / 2 * scale;
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

// An end of a logarithmic interval: two digits of its distance from where the scale ends.
static struct number_text end_of(const struct summary *s, double end, double scale)
{
    double distance = s->scale == SCALE_LOG ? end : 1 - end;
    return number_fixed(end * scale, number_decimals(distance * scale, 2));
}

// "0.1 to 2.5".
static struct estimate_text two_ends(const struct summary *s, double scale)
{
    struct estimate_text t;
    snprintf(t.text, sizeof t.text, "%.48s to %.48s", end_of(s, s->low, scale).text,
             end_of(s, s->high, scale).text);
    return t;
}

static bool is_skewed(const struct summary *s)
{
    return s && s->n > 0 && s->scale != SCALE_LINEAR;
}

struct number_text estimate_level(const struct experiment_result *result)
{
    struct number_text t;
    double level = interval_level(result->scenario->replications.confidence);
    snprintf(t.text, sizeof t.text, "%.40s %%", number_short(level * 100).text);
    return t;
}

struct estimate_text estimate_mean(const struct summary *s, double scale)
{
    struct digits d = digits_of(s, scale);
    struct estimate_text t = print(&d, d.mean);
    if (is_skewed(s))
        snprintf(t.text, sizeof t.text, "%s", end_of(s, summary_estimate(s), scale).text);
    return t;
}

struct estimate_text estimate_interval(const struct summary *s, double scale)
{
    struct estimate_text t;
    struct digits d = digits_of(s, scale);
    if (is_skewed(s)) return two_ends(s, scale);
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
    if (is_skewed(s)) {
        snprintf(t.text, sizeof t.text, "%s%.48s (%.60s)", plus, estimate_mean(s, scale).text,
                 two_ends(s, scale).text);
        return t;
    }
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
