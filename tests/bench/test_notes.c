#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/notes.c" // the module under test, statics included

#include "tests/bench/fixture_result.h"

static char *print(const struct experiment_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    notes_print(out, result);
    fclose(out);
    return text;
}

static void expectations_are_lines(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    f->expectations[0].verdict = VERDICT_MISSED;
    f->promises[2].max = 0.95;
    notes_print_expectations(out, &f->result);
    fclose(out);
    assert_string_equal(
        text, "  MISSED       unserved_time_s{app=MyApp} at most 1 with rolling: always 0\n"
              "  cannot tell  unserved_time_s{app=MyApp} at most 41 with recreate: 41.23 (95 % "
              "interval 40.13 "
              "to 42.33)\n"
              "  met          unserved_time_s{app=MyApp} at most 41 with rolling: always 0\n"
              "  no data      good_ratio from 0.9 to 0.95 with recreate: never defined\n");
    free(text);
    free(f);
}

static void a_clean_result_needs_no_notes(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *text = print(&f->result);
    assert_string_equal(text, "");
    free(text);
    free(f);
}

static void faults_and_shortfalls_are_noted(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    f->result.interrupted = true;
    f->alternatives[0].fault = "the limit \x1b[31m runners (100) was passed";
    f->alternatives[0].fault_replication = 7;
    f->alternatives[1].precision_reached = false;
    char *text = print(&f->result);
    assert_string_equal(
        text, "  Interrupted: these are the replications that were finished.\n"
              "  recreate: replication 7 failed: the limit ?[31m runners (100) was passed\n"
              "  rolling: the precision asked for was not reached in 30 replications.\n");
    free(text);
    free(f);
}

static void undefined_and_skewed_numbers_are_named(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    f->summaries[0][14].n = 27;
    f->summaries[0][14].undefined = 3;
    f->expectations[0].column = &f->columns[14]; // p99 is expected something of
    f->result.expectations = f->expectations;
    f->result.expectation_count = 1;
    f->summaries[0][0].skewness = -1.2;
    f->summaries[0][1].skewness = 0.9;
    char *text = print(&f->result);
    assert_string_equal(text, "  base: undefined in some replications, which are left out: wait, "
                              "p99, s (MyApp), in 3 of 30.\n"
                              "  base: skewed, and fewer than 40 replications, so their intervals "
                              "are too narrow: unserved time, s\n"
                              "  (MyApp).\n");
    free(text);
    for (size_t c = 0; c < FIXTURE_ROWS; c++)
        f->summaries[0][c].skewness = 2;
    text = print(&f->result);
    assert_null(strstr(text, "killed in flight")); // no headline number
    assert_non_null(strstr(text, "more."));
    size_t separators = 0;
    for (const char *p = text; *p; p++)
        separators += *p == ';';
    assert_int_equal(separators, 4); // four are named
    free(text);
    free(f);
}

static void enough_replications_may_be_skewed(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    f->summaries[0][0].skewness = 3;
    f->summaries[0][0].n = 40;
    char *text = print(&f->result);
    assert_string_equal(text, "");
    free(text);
    free(f);
}

static void one_replication_is_noted(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    char *text = print(&f->result);
    assert_non_null(strstr(text, "base: one replication, so nothing is known about chance"));
    f->alternatives[0].replications = 0;
    free(text);
    text = print(&f->result);
    assert_string_equal(text, "  base: no replication was finished.\n");
    free(text);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expectations_are_lines),
        cmocka_unit_test(a_clean_result_needs_no_notes),
        cmocka_unit_test(faults_and_shortfalls_are_noted),
        cmocka_unit_test(undefined_and_skewed_numbers_are_named),
        cmocka_unit_test(enough_replications_may_be_skewed),
        cmocka_unit_test(one_replication_is_noted),
    };
    return cmocka_run_group_tests_name("notes", tests, NULL, NULL);
}
