#include "bench/experiment/headline.h"

#include <stdint.h>
#include <string.h>

#include "bench/experiment/result.h"
#include "bench/input/suggest.h"

const char *const headline_defaults[] = {
    "unserved_time_s",
    "killed_in_flight",
    "request_success_ratio",
    "wait_s{quantile=0.99}",
    "cold_start_ratio",
    "cost_usd{app=}",
    NULL,
};

static bool unknown(FILE *errors, const char *what, const char *got, const char *near)
{
    fprintf(errors, "warmpool: --metric: unknown %s \"%.80s\"", what, got);
    if (near) fprintf(errors, "; did you mean \"%s\"?", near);
    fputc('\n', errors);
    return false;
}

static bool read_metric(struct headline *headline, const char *name, FILE *errors)
{
    headline->metric = metric_find(name);
    if (headline->metric) return true;
    struct suggest suggest = suggest_for(name);
    for (const struct metric *m = metrics; m->name; m++)
        suggest_offer(&suggest, m->name);
    return unknown(errors, "metric", name, suggest_answer(&suggest));
}

// "app=MyApp"
static bool read_label(struct headline *headline, char *text, FILE *errors)
{
    char *equals = strchr(text, '=');
    if (!equals) {
        fprintf(errors, "warmpool: --metric: expected label=value, got \"%.80s\"\n", text);
        return false;
    }
    *equals = '\0';
    for (size_t i = 0; i < LABELS; i++) {
        if (strcmp(label_names[i], text) != 0) continue;
        headline->labels[i] = equals + 1;
        return true;
    }
    return unknown(errors, "label", text, suggest_among(text, label_names));
}

bool headline_parse(struct headline *headline, char *text, FILE *errors)
{
    *headline = (struct headline){0};
    char *open = strchr(text, '{'), *end = text + strlen(text);
    if (!open) return read_metric(headline, text, errors);
    if (end[-1] != '}') {
        fprintf(errors, "warmpool: --metric: expected NAME{label=value, ...}, got \"%.80s\"\n",
                text);
        return false;
    }
    *open = end[-1] = '\0';
    if (!read_metric(headline, text, errors)) return false;
    for (char *label = open + 1, *next; *label; label = next) {
        size_t length = strcspn(label, ",");
        next = label + length;
        if (*next) *next++ = '\0';
        next += strspn(next, " ");
        if (!read_label(headline, label, errors)) return false;
    }
    return true;
}

static bool has_label(const char *wanted, const char *own)
{
    if (!wanted) return true;
    return own ? strcmp(wanted, own) == 0 : *wanted == '\0';
}

bool headline_has(const struct headline *headline, const struct column *column)
{
    if (headline->metric != column->metric) return false;
    for (size_t i = 0; i < LABELS; i++)
        if (!has_label(headline->labels[i], column->labels[i])) return false;
    return true;
}

size_t headline_rank(const struct headline *headlines, size_t count, const struct column *column)
{
    for (size_t i = 0; i < count; i++)
        if (headline_has(&headlines[i], column)) return i;
    return SIZE_MAX;
}
