#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

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
// widened interval is more than eight standard errors to each side.
//
// With VALIDATION=FOLDER in the environment every case is also appended to FOLDER/cases.csv and, as
// a row of a table, to FOLDER/cases.md.

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

static inline void judge_write(const struct judge_case *c, const struct summary *s, bool good)
{
    const char *folder = getenv("VALIDATION");
    char path[512];
    if (!folder) return;
    snprintf(path, sizeof path, "%s/cases.csv", folder);
    FILE *csv = fopen(path, "a");
    snprintf(path, sizeof path, "%s/cases.md", folder);
    FILE *table = fopen(path, "a");
    assert_true(csv && table);
    fprintf(csv, "\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",%.9g,%.9g,%.9g,%.9g,%.9g,%u,%s\n", c->source,
            c->file, c->alternative, c->metric, c->labels, c->reference, c->tolerance, s->mean,
            s->low, s->high, (unsigned)s->n, good ? "agrees" : "differs");
    fprintf(table, "| %s | %s | `%s` %s | %.6g | %.6g | %.6g to %.6g | %s |\n", c->alternative,
            c->source, c->metric, strchr(c->labels, ',') ? strchr(c->labels, ',') + 1 : "",
            c->reference, s->mean, s->low, s->high, good ? "agrees" : "**differs**");
    fclose(csv);
    fclose(table);
}

static inline bool judge_one(const struct experiment_result *result, const struct judge_case *c)
{
    const struct summary *s = judge_find(result, c);
    double half = (s->high - s->low) / 2;
    bool sharp = half <= c->tolerance / 3;
    bool good = sharp && fabs(s->mean - c->reference) <= half + c->tolerance;
    print_message("    %-26s %-26s reference %12.6f  ours %12.6f +- %.6f%s\n", c->alternative,
                  c->metric, c->reference, s->mean, half,
                  good    ? ""
                  : sharp ? "  DIFFERS"
                          : "  the half-width is over a third of the tolerance");
    judge_write(c, s, good);
    return good;
}

// All cases of one file.
static inline void judge(const struct judge_case *cases, size_t count)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct diag *diag = diag_create(arena);
    struct scenario scenario;
    if (!scenario_load(&scenario, arena, cases->file, NULL, 0, diag)) {
        diag_print(diag, stderr);
        fail_msg("%s is not valid", cases->file);
    }
    struct experiment_options options = {.threads = 2};
    struct experiment_result result;
    char error[256];
    assert_true(experiment_run(&result, &scenario, &options, error, sizeof error));
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(cases[i].file, cases->file);
        good += judge_one(&result, &cases[i]);
    }
    experiment_free(&result);
    arena_destroy(arena);
    if (good < count) fail_msg("%s: %zu of %zu cases differ", cases->file, count - good, count);
}

#define JUDGE(cases) judge(cases, sizeof(cases) / sizeof *(cases))

// The code is the same in every build, and the precision needs millions of requests: elsewhere the
// files are read and run by the laws only.
static inline bool judge_here(void)
{
    const char *variant = getenv("VARIANT");
    return !variant || strcmp(variant, "release") == 0;
}
