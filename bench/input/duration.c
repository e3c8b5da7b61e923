// All in integers: "0.1s" is exactly 100000000 ns, and a text too long for 63 bits is seen before
// it wraps, because the sum is kept in 128.

#include "bench/input/duration.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct unit {
    const char *name;
    int64_t ns;
} units[] = {
    // Largest first.
    {"d", INT64_C(86400000000000)},
    {"h", INT64_C(3600000000000)},
    {"m", INT64_C(60000000000)},
    {"s", INT64_C(1000000000)},
    {"ms", INT64_C(1000000)},
    {"us", INT64_C(1000)},
    {"ns", INT64_C(1)},
};
enum { UNITS = sizeof units / sizeof *units };

#define TOO_LONG "the longest duration is 106751d (292 years)"
#define FORM "write it like \"90s\", \"5m\", \"1h30m\" or \"250ms\""

struct amount { // whole + fraction / scale
    sim_wide whole, fraction, scale;
};

static const char *read_digits(const char **at, sim_wide *value, sim_wide *scale)
{
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0) return FORM;
    if (digits > 18) return "a number has at most 18 digits";
    for (; digits > 0; digits--, ++*at) {
        *value = *value * 10 + (**at - '0');
        *scale *= 10;
    }
    return NULL;
}

static const char *read_amount(const char **at, struct amount *amount)
{
    *amount = (struct amount){.scale = 1};
    sim_wide ignored = 1;
    const char *wrong = read_digits(at, &amount->whole, &ignored);
    if (wrong || **at != '.') return wrong;
    ++*at;
    return read_digits(at, &amount->fraction, &amount->scale);
}

// The unit at *at, or UNITS.
static size_t read_unit(const char **at)
{
    size_t length = 0;
    while (isalpha((unsigned char)(*at)[length]))
        length++;
    for (size_t i = 0; i < UNITS; i++) {
        if (strlen(units[i].name) != length || memcmp(units[i].name, *at, length) != 0) continue;
        *at += length;
        return i;
    }
    return UNITS;
}

static const char *first_fault(const char *text)
{
    if (*text == '\0') return "the text is empty; " FORM;
    if (*text == '-') return "a duration cannot be negative";
    if (!isdigit((unsigned char)*text)) return FORM;
    return NULL;
}

static const char *unit_fault(const char *at)
{
    if (*at == '\0') return "the unit is missing; " FORM;
    if (isspace((unsigned char)*at)) return "no spaces; " FORM;
    return "units are d h m s ms us ns; " FORM;
}

const char *duration_parse(const char *text, sim_time *duration)
{
    const char *wrong = first_fault(text);
    sim_wide total = 0;
    size_t next_unit = 0;
    struct amount amount = {.scale = 1};
    while (!wrong && *text) {
        if (amount.scale > 1) return "only the last number may have a fraction; " FORM;
        wrong = read_amount(&text, &amount);
        if (wrong) return wrong;
        size_t unit = read_unit(&text);
        if (unit == UNITS) return unit_fault(text);
        if (unit < next_unit) return "larger units come first, each once; " FORM;
        next_unit = unit + 1;
        total += amount.whole * units[unit].ns;
        total += (amount.fraction * units[unit].ns + amount.scale / 2) / amount.scale;
        if (total >= SIM_NEVER) return TOO_LONG;
    }
    if (wrong) return wrong;
    *duration = (sim_time)total;
    return NULL;
}

// Whole units down to seconds, the rest as a fraction of the last one written.
const char *duration_text(double seconds, char buffer[DURATION_TEXT])
{
    if (isinf(seconds)) return memcpy(buffer, "never", sizeof "never");
    if (seconds < 1 && seconds > 0) {
        size_t unit = seconds >= 1e-3 ? 4 : seconds >= 1e-6 ? 5 : 6;
        snprintf(buffer, DURATION_TEXT, "%.9g%s", seconds / ((double)units[unit].ns * 1e-9),
                 units[unit].name);
        return buffer;
    }
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < 3; i++) {
        sim_time unit_in_s = units[i].ns / SIM_SECOND; // whole: these are days, hours, minutes
        double unit_s = (double)unit_in_s;
        double whole = floor(seconds / unit_s);
        if (whole < 1) continue;
        used +=
            (size_t)snprintf(buffer + used, DURATION_TEXT - used, "%.0f%s", whole, units[i].name);
        seconds -= whole * unit_s;
    }
    if (seconds > 0 || used == 0) snprintf(buffer + used, DURATION_TEXT - used, "%.9gs", seconds);
    return buffer;
}
