#include "bench/output/report_csv.h"

#include <math.h>

#include "bench/output/csv_out.h"

static void put_replications(FILE *out, const struct alternative_result *a)
{
    for (size_t r = 0; r < a->replications; r++) {
        for (size_t c = 0; c < a->column_count; c++) {
            csv_out_text(out, a->alternative->name, ",");
            csv_out_number(out, (double)r, ",");
            csv_out_column(out, &a->columns[c]);
            csv_out_number(out, a->values[r * a->column_count + c], csv_out_end);
        }
    }
}

bool report_csv_replications(FILE *out, const struct experiment_result *result)
{
    csv_out_header(out, "alternative,replication", "value");
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
            csv_out_text(out, a->alternative->name, ",");
            csv_out_number(out, sim_seconds(from), ",");
            csv_out_number(out, sim_seconds(to), ",");
            csv_out_column(out, &s->columns[c].column);
            csv_out_number(out, s->columns[c].values[bin], csv_out_end);
        }
    }
}

bool report_csv_series(FILE *out, const struct experiment_result *result)
{
    csv_out_header(out, "alternative,from_s,to_s", "value");
    for (size_t i = 0; i < result->alternative_count; i++)
        put_series(out, &result->alternatives[i]);
    return !ferror(out);
}

bool report_csv_marks(FILE *out, const struct experiment_result *result)
{
    fprintf(out, "alternative,at_s,what,app,detail%s", csv_out_end);
    for (size_t i = 0; i < result->alternative_count; i++) {
        const struct alternative_result *a = &result->alternatives[i];
        for (size_t m = 0; m < a->series.mark_count; m++) {
            const struct series_mark *mark = &a->series.marks[m];
            csv_out_text(out, a->alternative->name, ",");
            csv_out_number(out, sim_seconds(mark->at), ",");
            csv_out_text(out, mark->what, ",");
            csv_out_text(out, mark->app, ",");
            csv_out_text(out, mark->detail, csv_out_end);
        }
    }
    return !ferror(out);
}

static void put_comparison(FILE *out, const struct experiment_result *result,
                           const struct comparison *c)
{
    const struct alternative_result *a = &result->alternatives[c->alternative];
    const struct summary *d = &c->difference;
    csv_out_text(out, a->alternative->name, ",");
    csv_out_text(out, result->alternatives[c->control].alternative->name, ",");
    csv_out_column(out, &a->columns[c->column]);
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
        csv_out_number(out, numbers[i], ",");
    csv_out_text(out, comparison_verdict_names[c->verdict], ",");
    csv_out_number(out, c->needed < UINT32_MAX ? (double)c->needed : NAN, csv_out_end);
}

bool report_csv_comparisons(FILE *out, const struct experiment_result *result)
{
    fputs("alternative,baseline,metric,", out);
    for (size_t i = 0; i < LABELS; i++)
        fprintf(out, "%s,", label_names[i]);
    fprintf(out,
            "unit,mean,low,high,simultaneous_low,simultaneous_high,sd,n,paired,zone,correlation,"
            "variance_reduction,verdict,replications_needed%s",
            csv_out_end);
    for (size_t i = 0; i < result->comparison_count; i++)
        put_comparison(out, result, &result->comparisons[i]);
    return !ferror(out);
}
