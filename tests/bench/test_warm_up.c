#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/bench/chance.h"

#include "bench/experiment/warm_up.c"

// Two alternatives of one app, of which the second has its warm-up given.
struct fixture {
    struct app_config app;
    struct alternative alternatives[2];
    struct scenario scenario;
};

static void fixture_make(struct fixture *f, sim_time horizon)
{
    *f = (struct fixture){.app = {.name = "A"}};
    struct scenario_config config = {.horizon = horizon, .apps = &f->app, .app_count = 1};
    f->alternatives[0] =
        (struct alternative){.name = "found", .config = config, .warm_up_auto = true};
    config.warm_up = 7 * SIM_SECOND;
    f->alternatives[1] = (struct alternative){.name = "given", .config = config};
    f->scenario = (struct scenario){.alternatives = f->alternatives,
                                    .alternative_count = 2,
                                    .seed = 1,
                                    .study = STUDY_STEADY_STATE,
                                    .replications = {.min = 3, .max = 4}};
}

static void pilots_are_those_that_want_a_warm_up(void **state)
{
    (void)state;
    struct fixture f;
    fixture_make(&f, 1000 * SIM_SECOND);
    const struct scenario_config twin = {.horizon = 1000 * SIM_SECOND};
    f.alternatives[0].twin = f.alternatives[1].twin = &twin;
    assert_true(warm_up_wanted(&f.scenario));
    struct scenario *pilots = warm_up_pilots(&f.scenario);
    assert_int_equal(pilots->alternative_count, 1);
    assert_string_equal(pilots->alternatives[0].name, "found");
    assert_true(pilots->alternatives[0].config.series_step == SIM_SECOND);
    assert_true(pilots->seed != f.scenario.seed);
    assert_int_equal(pilots->replications.max, WARM_UP_PILOTS);
    assert_null(pilots->alternatives[0].twin);
    free(pilots);
    struct scenario *own = warm_up_apply(&f.scenario, 9 * SIM_SECOND);
    assert_true(own->alternatives[0].config.warm_up == 9 * SIM_SECOND);
    assert_true(own->alternatives[1].config.warm_up == 7 * SIM_SECOND);
    assert_true(own->alternatives[0].twin->warm_up == 9 * SIM_SECOND);
    assert_true(own->alternatives[0].twin->horizon == twin.horizon);
    assert_true(own->alternatives[1].twin == &twin);
    assert_true(f.alternatives[0].config.warm_up == 0);
    free(own);
    f.alternatives[0].warm_up_auto = false;
    assert_false(warm_up_wanted(&f.scenario));
}

// Cycles of a day in a run of 20 d: bins divide a day, and a batch is a day.
static void the_grid_of_a_cyclic_study_divides_its_cycles(void **state)
{
    (void)state;
    struct fixture f;
    const sim_time day = 86400 * SIM_SECOND;
    fixture_make(&f, 20 * day);
    f.scenario.study = STUDY_CYCLIC;
    f.scenario.cycle = day;
    size_t batch;
    sim_time step = grid(&f.scenario, 20 * day, &batch);
    assert_int_equal(batch, 50);
    assert_true(step * 50 == day);
    f.scenario.cycle = 7919; // a prime number of ns
    step = grid(&f.scenario, 20 * 7919, &batch);
    assert_true(step * (sim_time)batch == 7919);
}

enum { BINS = 1000 };

// Queue and requests in service of a pilot: `level` after a rise of `rise` bins.
static void add_pilot(struct warm_up *w, const struct scenario *pilots, gsl_rng *rng, int rise)
{
    static double waiting[BINS], served[BINS], ready[BINS], busy[BINS];
    const struct metric *metrics_of[] = {
        metric_find("series_queue_length"), metric_find("series_in_flight"),
        metric_find("series_runners"), metric_find("series_runners")};
    double *values[] = {waiting, served, ready, busy};
    struct series_column columns[4];
    for (int i = 0; i < BINS; i++) {
        waiting[i] = (i < rise ? 10.0 * i / rise : 10) + gsl_ran_gaussian(rng, 0.3);
        served[i] = 2;
        ready[i] = 3;
        busy[i] = 1;
    }
    for (int c = 0; c < 4; c++) {
        columns[c] =
            (struct series_column){.column = {.metric = metrics_of[c]}, .values = values[c]};
        columns[c].column.labels[LABEL_APP] = "A";
    }
    struct series series = {
        .step = SIM_SECOND, .bins = BINS, .columns = columns, .column_count = 4};
    warm_up_add(w, pilots, 0, &series);
}

static struct warm_up decide(const struct scenario *pilots, int rise)
{
    gsl_rng *rng = chance_new(3);
    struct warm_up w = warm_up_begin(pilots);
    for (uint32_t p = 0; p < w.pilots; p++)
        add_pilot(&w, pilots, rng, rise);
    warm_up_decide(&w);
    gsl_rng_free(rng);
    return w;
}

// A rise of 100 s to 10 + 2 requests: the cut is near its end, the runners need none.
static void the_longest_cut_is_taken(void **state)
{
    (void)state;
    struct fixture f;
    fixture_make(&f, BINS * SIM_SECOND);
    struct scenario *pilots = warm_up_pilots(&f.scenario);
    struct warm_up w = decide(pilots, 100);
    assert_int_equal(w.count, 2);
    assert_string_equal(w.series[0].what, "requests in the system");
    near(w.series[0].values[900], 12, 0.5);
    near(w.series[1].values[900], 4, 1e-9);
    assert_false(w.inconclusive);
    assert_in_range(w.series[0].cut, 80, 130);
    assert_int_equal(w.series[1].cut, 0);
    assert_true(w.cut == (sim_time)w.series[0].cut * SIM_SECOND);
    warm_up_free(&w);
    free(pilots);
}

static void a_rise_to_the_end_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    fixture_make(&f, BINS * SIM_SECOND);
    struct scenario *pilots = warm_up_pilots(&f.scenario);
    struct warm_up w = decide(pilots, BINS);
    assert_true(w.inconclusive);
    assert_true(w.series[0].inconclusive && !w.series[1].inconclusive);
    warm_up_free(&w);
    free(pilots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pilots_are_those_that_want_a_warm_up),
        cmocka_unit_test(the_grid_of_a_cyclic_study_divides_its_cycles),
        cmocka_unit_test(the_longest_cut_is_taken),
        cmocka_unit_test(a_rise_to_the_end_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
