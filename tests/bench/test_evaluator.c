#include "tests/bench/probe.h"

#include <math.h>

#include "bench/experiment/evaluator.c"

// A small app whose knob is its floor.
static const char text[] =
    "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"10m\", \"seed\": \"5\","
    " \"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"min_concurrency\": 1,"
    "   \"max_concurrency\": 4, \"traffic\": [{\"poisson\": {\"rate_per_s\": 0.2},"
    "   \"service\": {\"exponential\": {\"mean\": \"4s\"}}}]}}}";
static const struct scenario_source source = {{"t.json", text, sizeof text - 1}, NULL, 0};
static const struct metric_choice keep[] = {
    {.metric = "cost_usd"}, {.metric = "wait_s", .labels = {[LABEL_QUANTILE] = "0.99"}}};

static struct scenario_change changes[] = {
    {"/apps/A/min_concurrency", "0", {"t.json", 0, 0}, NULL},
    {"/apps/A/min_concurrency", "3", {"t.json", 0, 0}, NULL},
    {"/apps/A/min_concurrency", "2.5", {"t.json", 7, 9}, "/sweep/axes/x/0"},
    {"/limits", "{\"requests\": 1}", {"t.json", 0, 0}, NULL},
};
static const struct scenario_point points[] = {{"zero", &changes[0], 1},
                                               {"three", &changes[1], 1},
                                               {"half", &changes[2], 1},
                                               {"tight", &changes[3], 1},
                                               {"base", NULL, 0}};

static struct evaluator *open_evaluator(unsigned threads)
{
    struct evaluator *e = evaluator_create(&(struct evaluator_options){
        .source = &source, .keep = keep, .keep_count = 2, .threads = threads});
    assert_non_null(e);
    return e;
}

static void only_what_is_meant_is_kept(void **state)
{
    (void)state;
    struct evaluator *e = open_evaluator(2);
    struct evaluation base = evaluation_of(&points[4]), *list[] = {&base};
    base.wanted = 3;
    assert_int_equal(evaluator_run(e, list, 1), EVALUATOR_DONE);
    evaluation_summarise(&base);
    assert_int_equal(base.result.replications, 3);
    assert_int_equal(base.result.column_count, 4); // three payers of the whole, one quantile
    for (size_t c = 0; c < 4; c++)
        assert_int_equal(base.result.columns[c].labels[LABEL_APP] != NULL,
                         strcmp(base.result.columns[c].metric->name, "wait_s") == 0);
    assert_int_equal(base.result.summaries[0].n, 3);
    evaluation_free(&base);
    evaluator_free(e);
}

// In one go or in two, alone or with others, with one thread or three: the same numbers.
static void a_replication_is_the_same_whenever_it_is_made(void **state)
{
    (void)state;
    struct evaluator *e = open_evaluator(1), *f = open_evaluator(3);
    struct evaluation once = evaluation_of(&points[1]), other = evaluation_of(&points[0]),
                      later = evaluation_of(&points[1]);
    struct evaluation *both[] = {&other, &once}, *alone[] = {&later};
    once.wanted = other.wanted = 6;
    later.wanted = 2;
    assert_int_equal(evaluator_run(e, both, 2), EVALUATOR_DONE);
    assert_int_equal(evaluator_run(f, alone, 1), EVALUATOR_DONE);
    assert_int_equal(later.result.replications, 2);
    later.wanted = 6;
    assert_int_equal(evaluator_run(f, alone, 1), EVALUATOR_DONE);
    assert_int_equal(later.result.replications, 6);
    assert_memory_equal(once.result.values, later.result.values,
                        6 * once.result.column_count * sizeof(double));
    evaluation_free(&once);
    evaluation_free(&other);
    evaluation_free(&later);
    evaluator_free(e);
    evaluator_free(f);
}

static void more_points_than_a_batch_are_run(void **state)
{
    (void)state;
    enum { MANY = 2 * BATCH + 3 };
    struct evaluator *e = open_evaluator(2);
    struct evaluation *all = calloc(MANY, sizeof *all), *list[MANY];
    for (size_t i = 0; i < MANY; i++) {
        all[i] = evaluation_of(&points[i % 2]);
        all[i].wanted = 1;
        list[i] = &all[i];
    }
    assert_int_equal(evaluator_run(e, list, MANY), EVALUATOR_DONE);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(all[i].result.replications, 1);
        assert_memory_equal(all[i].result.values, all[i % 2].result.values, sizeof(double));
        assert_string_equal(all[i].result.columns[3].labels[LABEL_QUANTILE] ? "0.99" : "",
                            all[0].result.columns[3].labels[LABEL_QUANTILE] ? "0.99" : "");
    }
    for (size_t i = 0; i < MANY; i++)
        evaluation_free(&all[i]);
    free(all);
    evaluator_free(e);
}

static void a_fault_ends_its_point_only(void **state)
{
    (void)state;
    struct evaluator *e = open_evaluator(2);
    struct evaluation tight = evaluation_of(&points[3]), base = evaluation_of(&points[4]);
    struct evaluation *both[] = {&tight, &base};
    tight.wanted = base.wanted = 2;
    assert_int_equal(evaluator_run(e, both, 2), EVALUATOR_DONE);
    assert_non_null(strstr(tight.result.fault, "requests"));
    assert_int_equal(tight.result.fault_replication, 0);
    assert_int_equal(tight.result.replications, 0);
    assert_int_equal(base.result.replications, 2);
    tight.wanted = 9;
    assert_int_equal(evaluator_run(e, both, 1), EVALUATOR_DONE); // and asks for no more
    evaluation_summarise(&tight);
    evaluation_free(&tight);
    evaluation_free(&base);
    evaluator_free(e);
}

static void a_point_that_is_refused_has_the_place_of_its_value(void **state)
{
    (void)state;
    struct probe p = probe_open();
    const struct scenario_point *all[] = {&points[0], &points[2], &points[1]};
    assert_false(evaluator_check(&source, all, 3, p.diag));
    probe_listen(&p);
    assert_int_equal(diag_errors(p.diag), 1);
    assert_non_null(strstr(p.messages, "t.json:7:9: error[E0304]: /apps/A/min_concurrency: "
                                       "expected a whole number"));
    probe_close(&p);
    p = probe_open();
    assert_true(evaluator_check(&source, all, 1, p.diag));
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_meant_is_kept),
        cmocka_unit_test(a_replication_is_the_same_whenever_it_is_made),
        cmocka_unit_test(more_points_than_a_batch_are_run),
        cmocka_unit_test(a_fault_ends_its_point_only),
        cmocka_unit_test(a_point_that_is_refused_has_the_place_of_its_value),
    };
    return cmocka_run_group_tests_name("evaluator", tests, NULL, NULL);
}
