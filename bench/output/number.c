#include "bench/output/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DECIMALS = 9 };

static struct number_text undefined(void)
{
    return (struct number_text){"n/a"};
}

// Puts a point where the locale has something else, which may be longer than a byte.
static void set_point(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (strchr("+-0123456789e", *from))
            *to++ = *from;
        else if (to == text || to[-1] != '.')
            *to++ = '.';
    }
    *to = '\0';
}

// Separators go between the digits before the point, from the right.
static struct number_text group(const struct number_text *plain)
{
    struct number_text t = {""};
    const char *from = plain->text;
    size_t used = 0;
    if (*from == '-') t.text[used++] = *from++;
    size_t whole = strspn(from, "0123456789");
    for (size_t i = 0; from[i] && used + 2 < sizeof t.text; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) t.text[used++] = ',';
        t.text[used++] = from[i];
    }
    t.text[used] = '\0';
    return t;
}

static bool shows_zero(const char *text)
{
    return text[strspn(text, "-0.")] == '\0';
}

struct number_text number_fixed(double value, int decimals)
{
    struct number_text t;
    if (!isfinite(value)) return undefined();
    if (fabs(value) >= 1e15) {
        snprintf(t.text, sizeof t.text, "%.4g", value);
        set_point(t.text);
        return t;
    }
    snprintf(t.text, sizeof t.text, "%.*f", decimals, value);
    set_point(t.text);
    if (t.text[0] == '-' && shows_zero(t.text)) memmove(t.text, t.text + 1, strlen(t.text));
    return group(&t);
}

int number_decimals(double scale, int significant)
{
    if (!isfinite(scale) || scale == 0) return 0;
    // Printing rounds first: 9.96 with two digits is "10" and needs no decimal.
    char text[32];
    snprintf(text, sizeof text, "%.*e", significant - 1, scale);
    int decimals = significant - 1 - atoi(strchr(text, 'e') + 1);
    return decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
}

// 0.5 rather than 0.5000.
static void trim_zeros(char *text)
{
    char *point = strchr(text, '.');
    if (!point) return;
    char *end = text + strlen(text);
    while (end[-1] == '0')
        end--;
    *(end - 1 == point ? point : end) = '\0';
}

struct number_text number_short(double value)
{
    if (!isfinite(value)) return undefined();
    if (value == rint(value)) return number_fixed(value, 0);
    struct number_text t;
    if (fabs(value) >= 1e-5) {
        t = number_fixed(value, number_decimals(value, 4));
        trim_zeros(t.text);
    } else {
        snprintf(t.text, sizeof t.text, "%.2e", value);
        set_point(t.text);
    }
    return t;
}

static struct number_text wrap(const char *before, struct number_text number, const char *after)
{
    struct number_text t;
    snprintf(t.text, sizeof t.text, "%.12s%.28s%.6s", before, number.text, after);
    return t;
}

static struct number_text join(double large, const char *large_unit, struct number_text small,
                               const char *small_unit)
{
    struct number_text t = wrap("", number_fixed(large, 0), large_unit);
    if (shows_zero(small.text)) return t;
    strncat(t.text, " ", sizeof t.text - strlen(t.text) - 1);
    return wrap(t.text, small, small_unit);
}

// Below two minutes seconds are easier to compare; from there on people think in minutes.
static struct number_text positive_duration(double s)
{
    if (s == 0) return (struct number_text){"0 s"};
    if (s < 0.9995) return wrap("", number_fixed(s * 1e3, number_decimals(s * 1e3, 3)), " ms");
    if (s < 120) return wrap("", number_fixed(s, s == rint(s) ? 0 : s < 9.995 ? 2 : 1), " s");
    if (s < 3600) {
        double tenths = rint(s * 10), minutes = floor(tenths / 600);
        return join(minutes, "m", number_fixed(tenths / 10 - minutes * 60, 1), "s");
    }
    double minutes = rint(s / 60);
    if (minutes < 2 * 24 * 60)
        return join(floor(minutes / 60), "h", number_fixed(fmod(minutes, 60), 0), "m");
    double hours = rint(s / 3600);
    return join(floor(hours / 24), "d", number_fixed(fmod(hours, 24), 0), "h");
}

struct number_text number_duration(double seconds)
{
    if (!isfinite(seconds)) return undefined();
    return wrap(seconds < 0 ? "-" : "", positive_duration(fabs(seconds)), "");
}

struct number_text number_usd(double usd)
{
    if (!isfinite(usd)) return undefined();
    double amount = fabs(usd);
    int decimals = amount == 0 || amount >= 999.5 ? 0
                   : amount >= 1                  ? 2
                                                  : number_decimals(amount, 3);
    return wrap(usd < 0 ? "-$" : "$", number_fixed(amount, decimals), "");
}

// 99.9953 %: what matters near 1 is the distance from it, so that gets two digits.
struct number_text number_percent(double ratio)
{
    if (!isfinite(ratio)) return undefined();
    double percent = ratio * 100, left = 100 - percent;
    int decimals = percent == 0 || left == 0 ? 0 : 1;
    if (left > 0 && left < 1)
        decimals = number_decimals(left, 2);
    else if (percent != 0 && fabs(percent) < 1)
        decimals = number_decimals(percent, 2);
    return wrap("", number_fixed(percent, decimals), " %");
}

struct number_text number_nines(double ratio)
{
    struct number_text t = number_percent(ratio);
    if (!isfinite(ratio) || ratio < 0.9 || ratio >= 1) return t;
    size_t used = strlen(t.text);
    snprintf(t.text + used, sizeof t.text - used, " (%.8s nines)",
             number_fixed(-log10(1 - ratio), 2).text);
    return t;
}
