#include "bench/output/report_csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/json_text.h"
#include "bench/output/text.h"

static const char end_of_line[] = "\r\n";

static bool looks_like_a_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

static void put_text(FILE *out, const char *text, const char *after)
{
    char *clean = text_utf8(text ? text : "");
    const char *guard = looks_like_a_formula(clean) ? "'" : "";
    if (strpbrk(clean, ",\"\r\n")) {
        fprintf(out, "\"%s", guard);
        for (const char *p = clean; *p; p++) {
            if (*p == '"') fputc('"', out);
            fputc(*p, out);
        }
        fprintf(out, "\"%s", after);
    } else {
        fprintf(out, "%s%s%s", guard, clean, after);
    }
    free(clean);
}

static void put_number(FILE *out, double value, const char *after)
{
    char buffer[JSON_NUMBER_TEXT];
    fprintf(out, "%s%s", isfinite(value) ? json_number_text(value, buffer) : "", after);
}

static void put_header(FILE *out, const char *before)
{
    fprintf(out, "%s,metric,", before);
    for (size_t i = 0; i < LABELS; i++)
        fprintf(out, "%s,", label_names[i]);
    fprintf(out, "unit,value%s", end_of_line);
}

static void put_column(FILE *out, const struct column *column, double value)
{
    put_text(out, column->metric->name, ",");
    for (size_t i = 0; i < LABELS; i++)
        put_text(out, column->labels[i], ",");
    put_text(out, column->metric->unit, ",");
    put_number(out, value, end_of_line);
}

static void put_replications(FILE *out, const struct alternative_result *a)
{
    for (size_t r = 0; r < a->replications; r++) {
        for (size_t c = 0; c < a->column_count; c++) {
            put_text(out, a->alternative->name, ",");
            put_number(out, (double)r, ",");
            put_column(out, &a->columns[c], a->values[r * a->column_count + c]);
        }
    }
}

bool report_csv_replications(FILE *out, const struct experiment_result *result)
{
    put_header(out, "alternative,replication");
    for (size_t i = 0; i < result->alternative_count; i++)
        put_replications(out, &result->alternatives[i]);
    return !ferror(out);
}

static void put_series(FILE *out, const struct alternative_result *a)
{
    const struct series *s = &a->series;
    for (size_t bin = 0; bin < s->bins; bin++) {
        sim_time from = (sim_time)bin * s->step, to = sim_time_add(from, s->step);
        if (to > a->alternative->config.horizon) to = a->alternative->config.horizon;
        for (size_t c = 0; c < s->column_count; c++) {
            put_text(out, a->alternative->name, ",");
            put_number(out, sim_seconds(from), ",");
            put_number(out, sim_seconds(to), ",");
            put_column(out, &s->columns[c].column, s->columns[c].values[bin]);
        }
    }
}

bool report_csv_series(FILE *out, const struct experiment_result *result)
{
    put_header(out, "alternative,from_s,to_s");
    for (size_t i = 0; i < result->alternative_count; i++)
        put_series(out, &result->alternatives[i]);
    return !ferror(out);
}

bool report_csv_marks(FILE *out, const struct experiment_result *result)
{
    fprintf(out, "alternative,at_s,what,app,detail%s", end_of_line);
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct alternative_result *a = &result->alternatives[i];
        for (size_t m = 0; m < a->series.mark_count; m++) {
            const struct series_mark *mark = &a->series.marks[m];
            put_text(out, a->alternative->name, ",");
            put_number(out, sim_seconds(mark->at), ",");
            put_text(out, mark->what, ",");
            put_text(out, mark->app, ",");
            put_text(out, mark->detail, end_of_line);
        }
    }
    return !ferror(out);
}

static void put_comparison(FILE *out, const struct experiment_result *result,
                           const struct comparison *c)
{
    const struct alternative_result *a = &result->alternatives[c->alternative];
    const struct column *column = &a->columns[c->column];
    const struct summary *d = &c->difference;
    put_text(out, a->alternative->name, ",");
    put_text(out, result->alternatives[c->control].alternative->name, ",");
    put_text(out, column->metric->name, ",");
    for (size_t i = 0; i < LABELS; i++)
        put_text(out, column->labels[i], ",");
    put_text(out, column->metric->unit, ",");
    const double numbers[] = {d->mean,
                              d->low,
                              d->high,
                              c->low,
                              c->high,
                              d->sd,
                              d->n,
                              c->paired,
                              c->zone,
                              c->correlation,
                              c->variance_reduction};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(out, numbers[i], ",");
    put_text(out, comparison_verdict_names[c->verdict], ",");
    put_number(out, c->needed < UINT32_MAX ? (double)c->needed : NAN, end_of_line);
}

bool report_csv_comparisons(FILE *out, const struct experiment_result *result)
{
    fputs("alternative,baseline,metric,", out);
    for (size_t i = 0; i < LABELS; i++)
        fprintf(out, "%s,", label_names[i]);
    fprintf(out,
            "unit,mean,low,high,simultaneous_low,simultaneous_high,sd,n,paired,zone,correlation,"
            "variance_reduction,verdict,replications_needed%s",
            end_of_line);
    for (size_t i = 0; i < result->comparison_count; i++)
        put_comparison(out, result, &result->comparisons[i]);
    return !ferror(out);
}
