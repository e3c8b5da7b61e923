#include "bench/output/wording.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/output/section.h"

// The unit that section_label() puts at the end.
static void cut_unit(const struct metric *metric, char *label)
{
    bool has_unit = strcmp(metric->unit, "s") == 0 || strcmp(metric->unit, "usd") == 0 ||
                    strcmp(metric->unit, "1") == 0;
    char *comma = strrchr(label, ',');
    if (has_unit && comma) *comma = '\0';
}

// Must it be said what the number is about?  Not when there is one app and nothing else.
static bool is_clear(const struct experiment_result *result, const struct column *column)
{
    bool one_app = result->scenario->alternatives[0].config.app_count <= 1;
    return one_app && !column->labels[LABEL_MACHINE_TYPE] && !column->labels[LABEL_ROLLOUT];
}

char *wording_name(const struct experiment_result *result, const struct column *column,
                   char buffer[WORDING])
{
    char label[WORDING / 2], subject[WORDING / 2 - 4];
    section_label(column, label, sizeof label);
    cut_unit(column->metric, label);
    section_subject(column, subject, sizeof subject);
    bool said = *subject && !is_clear(result, column);
    snprintf(buffer, WORDING, "%s%s%s%s", label, said ? " (" : "", said ? subject : "",
             said ? ")" : "");
    return buffer;
}

char *wording_title(const struct experiment_result *result, const struct column *column,
                    char buffer[WORDING])
{
    char label[WORDING / 2], subject[WORDING / 2 - 4];
    section_label(column, label, sizeof label);
    section_subject(column, subject, sizeof subject);
    bool said = *subject && !is_clear(result, column);
    snprintf(buffer, WORDING, "%s%s%s", said ? subject : "", said ? ": " : "", label);
    return buffer;
}

struct number_text wording_amount(const struct metric *metric, double difference)
{
    double size = fabs(difference) * section_scale(metric);
    struct number_text t;
    if (strcmp(metric->unit, "s") == 0) return number_duration(size);
    if (strcmp(metric->unit, "usd") == 0) return number_usd(size);
    if (strcmp(metric->unit, "1") != 0) return number_short(size);
    snprintf(t.text, sizeof t.text, "%.30s points",
             number_fixed(size, number_decimals(size, 2)).text);
    return t;
}

char *wording_verdict(const struct comparison *comparison, const struct metric *metric,
                      char buffer[WORDING])
{
    static const char *const words[] = {
        [COMPARISON_UNDECIDED] = "cannot tell", [COMPARISON_SAME] = "the same",
        [COMPARISON_EQUAL] = "equal within ",   [COMPARISON_BETTER] = "better",
        [COMPARISON_WORSE] = "worse",           [COMPARISON_LOWER] = "lower",
        [COMPARISON_HIGHER] = "higher"};
    bool zone = comparison->verdict == COMPARISON_EQUAL;
    snprintf(buffer, WORDING, "%s%s", words[comparison->verdict],
             zone ? wording_amount(metric, comparison->zone).text : "");
    return buffer;
}

// Two digits, upwards: it is an estimate.
static double about(uint32_t count)
{
    double unit = pow(10, fmax(0, floor(log10(count)) - 1));
    return ceil(count / unit) * unit;
}

char *wording_needed(const struct comparison *comparison, const struct metric *metric,
                     char buffer[WORDING])
{
    if (comparison->difference.n < 2)
        snprintf(buffer, WORDING, "it takes two replications at least");
    else if (comparison->needed == UINT32_MAX && comparison->zone > 0)
        snprintf(buffer, WORDING, "it lies on the edge of the zone of +-%s",
                 wording_amount(metric, comparison->zone).text);
    else if (comparison->needed == UINT32_MAX)
        snprintf(buffer, WORDING,
                 "more than 1,000,000 replications would not; with a zone (selection/zones) they "
                 "can be equal");
    else
        snprintf(buffer, WORDING, "about %s more replication%s would resolve +-%s",
                 number_short(about(comparison->needed)).text, comparison->needed == 1 ? "" : "s",
                 wording_amount(metric, comparison->resolved).text);
    return buffer;
}
