#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figure_comparison.c" // the module under test, statics included

#include "tests/bench/drawn.h"
#include "tests/bench/fixture_result.h"

static void dots_have_their_intervals(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct figure figure = {.result = &f->result};
    assert_true(figure_comparison_wanted(&figure));
    struct drawn d = drawn_by(figure, figure_comparison_draw);
    double row[4];
    const char *first = strchr(d.data, '\n') + 1;
    assert_int_equal(sscanf(first, "0,0,0,%lf,%lf,%lf", &row[0], &row[1], &row[2]), 3);
    assert_true(row[0] == 41.23 && fabs(row[1] - 40.13) < 1e-9 && fabs(row[2] - 42.33) < 1e-9);
    assert_non_null(strstr(d.data, "\n1,0,0,0,0,0\n"));
    assert_non_null(strstr(d.data, "\n0,1,0,0.5512,"));
    assert_non_null(strstr(d.script, "set ytics scale 0 ('recreate' 0, 'rolling' 1)"));
    drawn_free(&d);
    free(f);
}

static void what_is_0_everywhere_is_left_out_unless_all_is(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    const struct column *dots[MOST_DOTS];
    assert_int_equal(find_dots(&f->result, &panels[0], dots), 1); // the evil app was never down
    assert_int_equal(find_dots(&f->result, &panels[1], dots), 1); // only the owner pays
    f->summaries[0][0] = fixture_summary(0, 0, 30);
    assert_int_equal(find_dots(&f->result, &panels[0], dots), 2);
    free(f);
}

// Nobody was ever down: what the scenario expects something of is shown instead.
static void what_is_asked_takes_the_place_of_no_downtime(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct figure figure = {.result = &f->result};
    f->expectations[0].column = &f->columns[14]; // wait, p99
    assert_null(asked(&f->result));
    f->summaries[0][0] = fixture_summary(0, 0, 30);
    assert_ptr_equal(asked(&f->result), &f->columns[14]);
    struct drawn d = drawn_by(figure, figure_comparison_draw);
    assert_non_null(strstr(d.script, "set xlabel 'wait, p99, s'"));
    assert_non_null(strstr(d.data, "\n0,0,0,12.5"));
    drawn_free(&d);
    free(f);
}

static void a_long_question_gives_way_to_the_title(void **state)
{
    (void)state;
    struct scenario s = {.title = "Short", .question = "How long is it down?"};
    assert_string_equal(title_of(&s), "How long is it down?");
    s.question =
        "How long is MyApp down when it is deployed at noon, at night, and while nobody at "
        "all looks at it?";
    assert_string_equal(title_of(&s), "Short");
}

static void one_replication_has_a_dot_without_whiskers(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 1);
    struct drawn d = drawn_by((struct figure){.result = &f->result}, figure_comparison_draw);
    assert_non_null(strstr(d.data, "\n0,0,0,41.23,41.23,41.23\n"));
    drawn_free(&d);
    free(f);
}

static void one_alternative_needs_no_comparison(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    assert_false(figure_comparison_wanted(&(struct figure){.result = &f->result}));
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dots_have_their_intervals),
        cmocka_unit_test(what_is_0_everywhere_is_left_out_unless_all_is),
        cmocka_unit_test(what_is_asked_takes_the_place_of_no_downtime),
        cmocka_unit_test(a_long_question_gives_way_to_the_title),
        cmocka_unit_test(one_replication_has_a_dot_without_whiskers),
        cmocka_unit_test(one_alternative_needs_no_comparison),
    };
    return cmocka_run_group_tests_name("figure_comparison", tests, NULL, NULL);
}
