#pragma once

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/result.h"
#include "sim/check.h"

// A result made by hand for the tests of bench/output/: a deploy at half past of two hours, two
// alternatives, one well-behaved app and one whose name tries to break out of every format.

#define FIXTURE_EVIL "a'b`touch x`\n$(x)\"<&\xC3\xA9"

enum { FIXTURE_COLUMNS = 96, FIXTURE_SERIES = 40, FIXTURE_BINS = 120, FIXTURE_REPLICATIONS = 30 };

struct fixture_row {
    const char *metric, *labels[LABELS];
    double mean[2], half; // of the two alternatives; half the interval's width
};

#define MY [LABEL_APP] = "MyApp"
#define EVIL [LABEL_APP] = FIXTURE_EVIL
#define MODE(mode, who) [LABEL_APP] = "MyApp", [LABEL_AUTH_MODE] = mode, [LABEL_PAYER] = who
#define USE(type, use) [LABEL_MACHINE_TYPE] = type, [LABEL_STATE] = use
static const struct fixture_row fixture_rows[] = {
    {"unserved_time_s", {MY}, {41.23, 0}, 1.1},
    {"unserved_spells", {MY}, {1.2, 0}, 0.2},
    {"request_success_ratio", {MY}, {0.99874, 1}, 0.0004},
    {"interval_availability", {MY}, {0.9953, 1}, 0.0011},
    {"killed_in_flight", {MY}, {1.4, 0}, 0.31},
    {"mixed_version_time_s", {MY}, {0, 12.5}, 1.9},
    {"unserved_time_s", {EVIL}, {0, 0}, 0},
    {"arrivals", {MY}, {3012.4, 3012.4}, 19.7},
    {"requests", {MY, [LABEL_OUTCOME] = "succeeded"}, {3008.5, 3012.4}, 19.8},
    {"requests", {MY, [LABEL_OUTCOME] = "failed"}, {3.9, 0}, 0.8},
    {"requests", {MY, [LABEL_OUTCOME] = "refused"}, {0, 0}, 0},
    {"requests", {MY, [LABEL_OUTCOME] = "cancelled"}, {0, 0}, 0},
    {"wait_mean_s", {MY}, {0.612, 0.0042}, 0.033},
    {"wait_s", {MY, [LABEL_QUANTILE] = "0.5"}, {0, 0}, 0},
    {"wait_s", {MY, [LABEL_QUANTILE] = "0.99"}, {12.52, 0.081}, 0.61},
    {"wait_s", {EVIL, [LABEL_QUANTILE] = "0.99"}, {NAN, 3.25}, 0.5},
    {"cost_usd", {[LABEL_PAYER] = "owner"}, {0.5512, 0.5733}, 0.0042},
    {"cost_usd", {[LABEL_PAYER] = "callers"}, {0, 0}, 0},
    {"cost_usd", {[LABEL_PAYER] = "absorbed"}, {0, 0}, 0},
    {"cost_mode_usd", {MODE("private", "owner")}, {0.5512, 0.5733}, 0.0042},
    {"cost_mode_usd", {MODE("private", "callers")}, {0, 0}, 0},
    {"cost_mode_usd", {MODE("private", "absorbed")}, {0, 0}, 0},
    {"cost_mode_usd", {MODE("shared", "owner")}, {0.1204, 0.1422}, 0.0031},
    {"cost_mode_usd", {MODE("shared", "callers")}, {0.4308, 0.4311}, 0.0029},
    {"cost_mode_usd", {MODE("shared", "absorbed")}, {0, 0}, 0},
    {"cost_mode_usd", {MODE("public", "owner")}, {0.5512, 0.5733}, 0.0042},
    {"cost_mode_usd", {MODE("public", "callers")}, {0, 0}, 0},
    {"cost_mode_usd", {MODE("public", "absorbed")}, {0, 0}, 0},
    {"cost_per_request_usd", {MY}, {0.0001832, 0.0001903}, 0.0000014},
    {"machine_s", {USE("GPU-A100", "starting")}, {812, 861}, 33},
    {"machine_s", {USE("GPU-A100", "idle")}, {5213, 5390}, 71},
    {"machine_s", {USE("GPU-A100", "busy")}, {9036, 9041}, 66},
    {"machine_s", {USE("GPU-A100", "draining")}, {18, 31}, 2.2},
    {"machine_capacity_s", {[LABEL_MACHINE_TYPE] = "GPU-A100"}, {28800, 28800}, 0},
    {"machine_utilisation", {[LABEL_MACHINE_TYPE] = "GPU-A100"}, {0.3137, 0.3139}, 0.0024},
    {"machine_s", {USE("GPU-H100", "starting")}, {95, 61}, 12},
    {"machine_s", {USE("GPU-H100", "idle")}, {410, 402}, 28},
    {"machine_s", {USE("GPU-H100", "busy")}, {1220, 1198}, 40},
    {"machine_s", {USE("GPU-H100", "draining")}, {0, 0}, 0},
    {"machine_capacity_s", {[LABEL_MACHINE_TYPE] = "GPU-H100"}, {NAN, NAN}, 0},
    {"machine_utilisation", {[LABEL_MACHINE_TYPE] = "GPU-H100"}, {NAN, NAN}, 0},
    {"runners_mean", {MY, [LABEL_STATE] = "IDLE"}, {0.82, 0.86}, 0.02},
    {"runners_mean", {MY, [LABEL_STATE] = "RUNNING"}, {1.29, 1.29}, 0.011},
    {"runners_mean", {MY, [LABEL_STATE] = "CRASH_BACKOFF"}, {0, 0}, 0},
    {"runner_starts", {MY}, {41.3, 42.6}, 1.3},
    {"runner_stops", {MY, [LABEL_OUTCOME] = "keep_alive"}, {36.8, 38.2}, 1.3},
    {"rollout_switch_s", {MY, [LABEL_ROLLOUT] = "1"}, {0, 47.2}, 2.1},
    {"rollout_outcome",
     {MY, [LABEL_ROLLOUT] = "1", [LABEL_OUTCOME] = "completed"},
     {1, 0.97},
     0.06},
    {"rollout_outcome", {MY, [LABEL_ROLLOUT] = "1", [LABEL_OUTCOME] = "aborted"}, {0, 0.03}, 0.06},
    {"fixture_unknown", {MY}, {1234567, 7654321}, 1000},
};
#undef MY
#undef EVIL
#undef MODE
#undef USE
enum { FIXTURE_ROWS = sizeof fixture_rows / sizeof *fixture_rows };

struct fixture {
    struct experiment_result result;
    struct scenario scenario;
    struct alternative names[2];
    struct alternative_result alternatives[2];
    struct column columns[FIXTURE_COLUMNS];
    struct summary summaries[2][FIXTURE_COLUMNS];
    double values[2][FIXTURE_REPLICATIONS * FIXTURE_COLUMNS];
    struct comparison comparisons[FIXTURE_COLUMNS];
    struct expectation promises[3];
    struct expectation_result expectations[4];
    struct series_column series[2][FIXTURE_SERIES];
    double bins[2][FIXTURE_SERIES][FIXTURE_BINS];
    struct series_mark marks[2][4];
};

static const struct metric fixture_unknown = {"fixture_unknown", "count", BETTER_NEITHER,
                                              "a number that the report has never heard of"};

static inline const struct metric *fixture_metric(const char *name)
{
    const struct metric *m = metric_find(name);
    SIM_CHECK(m || strcmp(name, fixture_unknown.name) == 0);
    return m ? m : &fixture_unknown;
}

static inline struct summary fixture_summary(double mean, double half, uint32_t n)
{
    struct summary s = {.n = n, .mean = mean, .skewness = 0};
    s.low = n > 1 ? mean - half : NAN;
    s.high = n > 1 ? mean + half : NAN;
    s.sd = n > 1 ? half * sqrt(n) / 2.045 : NAN;
    s.min = mean - 3 * half;
    s.max = mean + 3 * half;
    if (!isnan(mean)) return s;
    return (struct summary){.undefined = n,
                            .mean = NAN,
                            .low = NAN,
                            .high = NAN,
                            .sd = NAN,
                            .min = NAN,
                            .max = NAN,
                            .skewness = NAN};
}

static inline void fixture_columns(struct fixture *f, size_t a, uint32_t replications)
{
    struct alternative_result *result = &f->alternatives[a];
    *result = (struct alternative_result){.alternative = &f->names[a],
                                          .replications = replications,
                                          .columns = f->columns,
                                          .column_count = FIXTURE_ROWS,
                                          .values = f->values[a],
                                          .summaries = f->summaries[a],
                                          .events = 123456 + a,
                                          .precision_reached = true};
    for (size_t c = 0; c < FIXTURE_ROWS; c++) {
        const struct fixture_row *row = &fixture_rows[c];
        f->columns[c].metric = fixture_metric(row->metric);
        bool full = metric_is_share(f->columns[c].metric) && row->mean[a] >= 1;
        double half = row->mean[a] == 0 || full ? 0 : row->half;
        memcpy(f->columns[c].labels, row->labels, sizeof row->labels);
        f->summaries[a][c] = fixture_summary(row->mean[a], half, replications);
        for (size_t r = 0; r < replications; r++)
            f->values[a][r * FIXTURE_ROWS + c] = row->mean[a] + half * (r % 2 ? 2.0 : -2.0);
    }
}

static inline void fixture_comparisons(struct fixture *f, uint32_t replications)
{
    for (size_t c = 0; c < FIXTURE_ROWS; c++) {
        const struct fixture_row *row = &fixture_rows[c];
        double difference = row->mean[1] - row->mean[0];
        f->comparisons[c] =
            (struct comparison){.alternative = 1,
                                .column = c,
                                .control_column = c,
                                .rank = SIZE_MAX,
                                .zone = NAN,
                                .difference = fixture_summary(
                                    difference, difference == 0 ? 0 : row->half / 3, replications),
                                .variance_reduction = difference == 0 ? NAN : 9};
    }
    f->result.comparisons = f->comparisons;
    f->result.comparison_count = FIXTURE_ROWS;
}

static inline double *fixture_series_column(struct fixture *f, size_t a, const char *metric,
                                            enum label label, const char *text,
                                            const char *revision)
{
    struct series *s = &f->alternatives[a].series;
    SIM_CHECK(s->column_count < FIXTURE_SERIES);
    struct series_column *c = &f->series[a][s->column_count];
    c->column.metric = fixture_metric(metric);
    if (label != LABEL_MACHINE_TYPE && label != LABEL_PAYER) c->column.labels[LABEL_APP] = "MyApp";
    if (text) c->column.labels[label] = text;
    if (revision) c->column.labels[LABEL_REVISION] = revision;
    c->values = f->bins[a][s->column_count++];
    return c->values;
}

// Old runners until minute 60, then new ones: after a gap (recreate), or beside each other
// (rolling).
static inline void fixture_runners(struct fixture *f, size_t a)
{
    static const char *const states[] = {"IDLE", "RUNNING", "SETUP", "DOCKER_PULL", "DRAINING"};
    for (size_t s = 0; s < 5; s++) {
        double *old = fixture_series_column(f, a, "series_runners", LABEL_STATE, states[s], "1");
        double *new = fixture_series_column(f, a, "series_runners", LABEL_STATE, states[s], "2");
        for (size_t t = 0; t < FIXTURE_BINS; t++) {
            double load = 2 + 1.3 * sin((double)t / 9) + 0.4 * sin((double)t * 1.7);
            bool wave = t % 23 < 2;
            double level[] = {fmax(0.2, 3.5 - load), load, wave ? 0.6 : 0, wave ? 0.4 : 0, 0};
            bool switched = t >= (a ? 62 : 60);
            old[t] = switched ? 0 : level[s];
            new[t] = t >= 62 ? level[s] : 0;
            if (t == (a ? 62 : 60) && s == 4) old[t] = a ? 1.2 : 0.4;
            if ((t == 60 || t == 61) && (s == 2 || s == 3))
                new[t] = s == 2 ? 1.0 + (double)(t - 60) : 1.0;
        }
    }
}

static inline void fixture_queue(struct fixture *f, size_t a)
{
    double *length = fixture_series_column(f, a, "series_queue_length", LABEL_APP, "MyApp", NULL);
    double *mean = fixture_series_column(f, a, "series_wait_mean_s", LABEL_APP, "MyApp", NULL);
    double *max = fixture_series_column(f, a, "series_wait_max_s", LABEL_APP, "MyApp", NULL);
    double *rate = fixture_series_column(f, a, "series_arrivals_per_s", LABEL_APP, "MyApp", NULL);
    for (size_t t = 0; t < FIXTURE_BINS; t++) {
        bool down = a == 0 && (t == 60 || t == 61);
        length[t] = down                ? 14.0 + 11.0 * (double)(t - 60)
                    : t == 62 && a == 0 ? 6
                    : t % 23 < 2        ? 0.7
                                        : 0;
        mean[t] = down ? NAN : t == 62 && a == 0 ? 41 : t % 23 < 2 ? 1.8 : 0.01;
        max[t] = down ? NAN : t == 62 && a == 0 ? 96.5 : t % 23 < 2 ? 7.5 : 0.05;
        rate[t] = 0.42 + 0.1 * sin((double)t / 9);
    }
}

static inline void fixture_series(struct fixture *f, size_t a)
{
    static const char *const events[2][4] = {{"deploy", "switch", NULL, NULL},
                                             {"deploy", "switch", "old_gone", NULL}};
    static const double at[2][4] = {{3600, 3600}, {3600, 3720, 3760}};
    struct series *s = &f->alternatives[a].series;
    s->step = 60 * SIM_SECOND;
    s->bins = FIXTURE_BINS;
    s->columns = f->series[a];
    s->marks = f->marks[a];
    fixture_runners(f, a);
    fixture_queue(f, a);
    for (size_t m = 0; events[a][m]; m++)
        s->marks[s->mark_count++] = (struct series_mark){.at = sim_from_seconds(at[a][m]),
                                                         .what = events[a][m],
                                                         .app = "MyApp",
                                                         .detail = m ? "" : f->names[a].name};
}

static inline void fixture_expectations(struct fixture *f)
{
    f->promises[0] = (struct expectation){
        .metric = "unserved_time_s", .alternative = "rolling", .min = NAN, .max = 1};
    f->promises[1] = (struct expectation){.metric = "unserved_time_s", .min = NAN, .max = 41};
    f->promises[2] = (struct expectation){.metric = "good_ratio", .min = 0.9, .max = NAN};
    static const enum verdict verdicts[] = {VERDICT_MET, VERDICT_UNDECIDED, VERDICT_MET,
                                            VERDICT_NO_DATA};
    static const size_t alternative[] = {1, 0, 1, 0}, promise[] = {0, 1, 1, 2};
    for (size_t i = 0; i < 4; i++) {
        size_t a = alternative[i];
        bool data = verdicts[i] != VERDICT_NO_DATA;
        f->expectations[i] =
            (struct expectation_result){.expectation = &f->promises[promise[i]],
                                        .alternative = &f->alternatives[a],
                                        .column = data ? &f->columns[0] : NULL,
                                        .summary = data ? &f->summaries[a][0] : NULL,
                                        .verdict = verdicts[i]};
    }
    f->result.expectations = f->expectations;
    f->result.expectation_count = 4;
}

// free() it.  alternatives: 1 or 2; replications: 1 to FIXTURE_REPLICATIONS.
static inline struct fixture *fixture_create(size_t alternatives, uint32_t replications)
{
    struct fixture *f = calloc(1, sizeof *f);
    SIM_CHECK(f);
    f->scenario = (struct scenario){.path = "scenarios/rollout.json",
                                    .title = "Recreate or rolling on one A100 app",
                                    .question = "How long is MyApp down when we deploy at noon?",
                                    .defaults = "seed",
                                    .seed_text = "42",
                                    .seed = 42,
                                    .alternatives = f->names,
                                    .alternative_count = alternatives,
                                    .resolved_json = "{\"warmpool\":1,\"seed\":\"42\"}"};
    f->names[0].name = alternatives == 1 ? "base" : "recreate";
    f->names[1].name = "rolling";
    f->result = (struct experiment_result){.scenario = &f->scenario,
                                           .alternatives = f->alternatives,
                                           .alternative_count = alternatives,
                                           .wall_s = 3.21};
    for (size_t a = 0; a < alternatives; a++) {
        f->names[a].config.horizon = 7200 * SIM_SECOND;
        f->names[a].config.warm_up = 1200 * SIM_SECOND;
        f->names[a].config.series_step = 60 * SIM_SECOND;
        fixture_columns(f, a, replications);
        fixture_series(f, a);
    }
    if (alternatives == 2) fixture_comparisons(f, replications);
    if (alternatives == 2) fixture_expectations(f);
    return f;
}
