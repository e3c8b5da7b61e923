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

// A number of a logarithmic interval: two digits of its distance from where the scale ends, one for
// the end that is there.
static struct number_text on_log(const struct summary *s, double value, double scale, int digits)
{
    struct number_text t;
    double distance = s->scale == SCALE_LOG_FROM_1 ? 1 - value : value;
    int decimals = number_decimals(distance * scale, digits);
    bool tiny = decimals > MOST_DECIMALS + 1 && s->scale != SCALE_LOG_FROM_1;
    if (!tiny) return number_fixed(value * scale, decimals);
    snprintf(t.text, sizeof t.text, "%.0e", value * scale);
    return t;
}

// "0.09 to 2.5".
static struct estimate_text two_ends(const struct summary *s, double scale)
{
    struct estimate_text t;
    bool from_1 = s->scale == SCALE_LOG_FROM_1;
    snprintf(t.text, sizeof t.text, "%.48s to %.48s", on_log(s, s->low, scale, from_1 ? 2 : 1).text,
             on_log(s, s->high, scale, from_1 ? 1 : 2).text);
    return t;
}

// Drawn to a logarithm, or cut off at what is possible.
static bool is_skewed(const struct summary *s)
{
    if (!s || s->n == 0 || !(s->high > s->low)) return false;
    double off = (s->low + s->high) / 2 - summary_estimate(s);
    return s->scale != SCALE_LINEAR || fabs(off) > 1e-6 * (s->high - s->low);
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
        snprintf(t.text, sizeof t.text, "%s", on_log(s, summary_estimate(s), scale, 2).text);
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
    if (is_skewed(s)) return two_ends(s, scale); // a cell has no room for the estimate, too
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
