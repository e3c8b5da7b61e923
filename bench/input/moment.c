#include "bench/input/moment.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "sim/time.h"

#define FORM "write it as seconds or like \"2023-11-16 18:15:46.68\""

// Exactly `width` digits; -1: they are not there.
static int64_t take_digits(const char **at, int width)
{
    int64_t value = 0;
    for (; width > 0; width--, ++*at) {
        if (!isdigit((unsigned char)**at)) return -1;
        value = value * 10 + (**at - '0');
    }
    return value;
}

static bool take(const char **at, const char *one_of)
{
    if (!**at || !strchr(one_of, **at)) return false;
    ++*at;
    return true;
}

// The digits after a point, as nanoseconds; -1: there is a point and no digit.
static int64_t take_fraction(const char **at)
{
    if (!take(at, ".")) return 0;
    if (!isdigit((unsigned char)**at)) return -1;
    int64_t ns = 0;
    for (int64_t unit = SIM_SECOND / 10; isdigit((unsigned char)**at); ++*at, unit /= 10)
        ns += (**at - '0') * unit;
    return ns;
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t days_in_month(int64_t year, int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

// Days from 1970-01-01.  Leap years before `year`, less those before 1970.
static int64_t days_since_epoch(int64_t year, int64_t month, int64_t day)
{
    int64_t past = year - 1;
    int64_t days = (year - 1970) * 365 + past / 4 - past / 100 + past / 400 - 477;
    for (int64_t m = 1; m < month; m++)
        days += days_in_month(year, m);
    return days + day - 1;
}

static const char *parse_date(const char **at, int64_t *days)
{
    int64_t year = take_digits(at, 4);
    bool dashed = take(at, "-");
    int64_t month = take_digits(at, 2);
    dashed = take(at, "-") && dashed;
    int64_t day = take_digits(at, 2);
    if (year < 0 || month < 0 || day < 0 || !dashed) return FORM;
    if (year < 1970 || year > 2200) return "the year must be from 1970 to 2200";
    if (month < 1 || month > 12) return "there is no such month";
    if (day < 1 || day > days_in_month(year, month)) return "the month has no such day";
    *days = days_since_epoch(year, month, day);
    return NULL;
}

static const char *parse_clock(const char **at, int64_t *ns)
{
    int64_t hour = take_digits(at, 2);
    bool colons = take(at, ":");
    int64_t minute = take_digits(at, 2);
    colons = take(at, ":") && colons;
    int64_t second = take_digits(at, 2);
    int64_t fraction = take_fraction(at);
    if (hour < 0 || minute < 0 || second < 0 || fraction < 0 || !colons) return FORM;
    if (hour > 23 || minute > 59 || second > 59) return "there is no such time of day";
    *ns = ((hour * 60 + minute) * 60 + second) * SIM_SECOND + fraction;
    return NULL;
}

static const char *parse_stamp(const char *at, int64_t *ns)
{
    int64_t days = 0, clock = 0;
    const char *wrong = parse_date(&at, &days);
    if (!wrong && !take(&at, " T")) wrong = FORM;
    if (!wrong) wrong = parse_clock(&at, &clock);
    if (wrong) return wrong;
    if (*at && strcmp(at, "Z") != 0 && strcmp(at, "+00:00") != 0) return "times are in UTC";
    *ns = days * 86400 * SIM_SECOND + clock;
    return NULL;
}

static const char *parse_seconds(const char *at, int64_t *ns)
{
    if (!isdigit((unsigned char)*at)) return FORM;
    int64_t seconds = 0;
    for (; isdigit((unsigned char)*at); at++) {
        seconds = seconds * 10 + (*at - '0');
        if (seconds > INT64_C(9000000000)) return "the largest number of seconds is 9e9";
    }
    int64_t fraction = take_fraction(&at);
    if (fraction < 0 || *at) return FORM;
    *ns = seconds * SIM_SECOND + fraction;
    return NULL;
}

const char *moment_parse(const char *text, int64_t *ns)
{
    bool stamp = strspn(text, "0123456789") == 4 && text[4] == '-';
    return stamp ? parse_stamp(text, ns) : parse_seconds(text, ns);
}
