#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/experiment.h"
#include "bench/input/scenario.h"

// Numbers of others against scenario files of the program, run as `warmpool run` would.
//
// A case passes when the reference lies in the 95 % interval widened by the tolerance, and the
// interval's half-width is at most a third of the tolerance.  Seeds are fixed, so a case either
// always passes or never; the chance that a right program fails one is below 1e-6, since the
// widened interval is more than eight standard errors to each side.  A tolerance of 0 is for what
// nothing random decides: every replication must give the reference itself, to 1e-9 of it.
//
// With VALIDATION=FOLDER in the environment every case is also appended to FOLDER/cases.csv and, as
// a row of a table, to FOLDER/cases.md, where each file has a heading of its own.

struct judge_case {
    const char *file, *alternative; // "base" in a file without `compare`
    const char *metric, *labels;    // "app=A,state=IDLE", in the order of enum label
    double reference, tolerance;
    const char *source;
};

static inline void judge_labels(const struct column *column, char *text, size_t size)
{
    size_t length = 0;
    text[0] = 0;
    for (int label = 0; label < LABELS; label++)
        if (column->labels[label] && length < size)
            length += (size_t)snprintf(text + length, size - length, "%s%s=%s", length ? "," : "",
                                       label_names[label], column->labels[label]);
}

static inline const struct summary *judge_find(const struct experiment_result *result,
                                               const struct judge_case *c)
{
    for (size_t a = 0; a < result->alternative_count; a++) {
        const struct alternative_result *alternative = &result->alternatives[a];
        if (strcmp(alternative->alternative->name, c->alternative) != 0) continue;
        for (size_t i = 0; i < alternative->column_count; i++) {
            char labels[200];
            judge_labels(&alternative->columns[i], labels, sizeof labels);
            if (strcmp(alternative->columns[i].metric->name, c->metric) == 0 &&
                strcmp(labels, c->labels) == 0)
                return &alternative->summaries[i];
        }
    }
    fail_msg("%s: %s has no number %s{%s}", c->file, c->alternative, c->metric, c->labels);
    return NULL;
}

// How many standard errors the reference is away; NaN where there is no error.
static inline double judge_distance(const struct judge_case *c, const struct summary *s)
{
    double t = s->n > 1 ? gsl_cdf_tdist_Pinv(.975, s->n - 1) : NAN;
    return c->tolerance > 0 ? (summary_estimate(s) - c->reference) * 2 * t / (s->high - s->low)
                            : NAN;
}

static inline FILE *judge_open(const char *name)
{
    const char *folder = getenv("VALIDATION");
    if (!folder) return NULL;
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    return file;
}

static inline void judge_write_csv(const struct judge_case *c, const struct summary *s, bool good)
{
    FILE *csv = judge_open("cases.csv");
    if (!csv) return;
    fprintf(csv, "\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",%.9g,%.9g,%.9g,", c->source, c->file,
            c->alternative, c->metric, c->labels, c->reference, c->tolerance, summary_estimate(s));
    if (c->tolerance > 0)
        fprintf(csv, "%.9g,%.9g,%u,%.2f", s->low, s->high, (unsigned)s->n, judge_distance(c, s));
    else
        fprintf(csv, ",,%u,", (unsigned)s->n);
    fprintf(csv, ",%s\n", good ? "agrees" : "differs");
    fclose(csv);
}

static inline void judge_write_row(const struct judge_case *c, const struct summary *s, bool good)
{
    FILE *table = judge_open("cases.md");
    if (!table) return;
    const char *labels = strncmp(c->labels, "app=A", 5) == 0 ? c->labels + 5 : c->labels;
    fprintf(table, "| %s | %s | `%s` %s | %.6g | %.6g |", c->alternative, c->source, c->metric,
            *labels == ',' ? labels + 1 : labels, c->reference, summary_estimate(s));
    if (c->tolerance > 0)
        fprintf(table, " %.6g to %.6g | %+.1f |", s->low, s->high, judge_distance(c, s));
    else
        fprintf(table, " exact | |");
    fprintf(table, " %s |\n", good ? "agrees" : "**differs**");
    fclose(table);
}

static inline void judge_write_heading(const char *path, const struct scenario *scenario)
{
    FILE *table = judge_open("cases.md");
    if (!table) return;
    fprintf(table,
            "\n### %s\n\n%s [%s](../../%s)\n\n"
            "| case | source | quantity | reference | ours | 95 %% interval | off by | verdict |\n"
            "|---|---|---|---|---|---|---|---|\n",
            scenario->title, scenario->question, path, path);
    fclose(table);
}

static inline bool judge_one(const struct experiment_result *result, const struct judge_case *c)
{
    const struct summary *s = judge_find(result, c);
    double ours = summary_estimate(s), half = c->tolerance > 0 ? (s->high - s->low) / 2 : 0;
    double same = 1e-9 * fmax(1, fabs(c->reference));
    bool sharp = c->tolerance > 0 ? half <= c->tolerance / 3 : s->max - s->min <= same;
    bool good = sharp && fabs(ours - c->reference) <= half + c->tolerance + same;
    print_message("    %-26s %-26s reference %12.6f  ours %12.6f +- %.6f (%+.1f)%s\n",
                  c->alternative, c->metric, c->reference, ours, half, judge_distance(c, s),
                  good    ? ""
                  : sharp ? "  DIFFERS"
                          : "  the half-width is over a third of the tolerance");
    judge_write_csv(c, s, good);
    judge_write_row(c, s, good);
    return good;
}

// All cases of one file, changed as by `--set change` where that is not NULL.
static inline void judge(const struct judge_case *cases, size_t count, const char *change)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct diag *diag = diag_create(arena);
    struct scenario scenario;
    struct scenario_override override = {.text = change};
    if (!scenario_load(&scenario, arena, cases->file, &override, change != NULL, diag)) {
        diag_print(diag, stderr);
        fail_msg("%s is not valid", cases->file);
    }
    struct experiment_options options = {.threads = 2};
    struct experiment_result result;
    char error[256];
    assert_true(experiment_run(&result, &scenario, &options, error, sizeof error));
    judge_write_heading(cases->file, &scenario);
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(cases[i].file, cases->file);
        good += judge_one(&result, &cases[i]);
    }
    experiment_free(&result);
    arena_destroy(arena);
    if (good < count) fail_msg("%s: %zu of %zu cases differ", cases->file, count - good, count);
}

#define JUDGE(cases) judge(cases, sizeof(cases) / sizeof *(cases), NULL)

// The code is the same in every build, and the precision needs millions of requests: elsewhere the
// files are read and run by the laws only.
static inline bool judge_here(void)
{
    const char *variant = getenv("VARIANT");
    bool here = !variant || strcmp(variant, "release") == 0;
    if (!here) printf("skipped: the release build judges\n");
    return here;
}
