#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/figures.c" // the module under test, statics included

#include "bench/output/spawn.h"
#include "tests/bench/fixture_result.h"
#include "tests/bench/scratch.h"

static bool have_gnuplot(void)
{
    struct spawn_message message;
    return spawn_run((const char *const[]){"gnuplot", "--version", NULL}, 5000, &message) ==
           SPAWN_DONE;
}

static void all_pictures_are_drawn(void **state)
{
    static const char *const names[] = {"recreate-runners", "recreate-queue", "recreate-machines",
                                        "rolling-runners",  "rolling-queue",  "rolling-machines",
                                        "cost-modes",       "comparison"};
    const char *folder = *state;
    struct files_problem problem;
    if (!have_gnuplot()) skip();
    struct fixture *f = fixture_create(2, 30);
    size_t drawn = figures_draw(&f->result, folder, &problem);
    assert_string_equal(problem.text, "");
    assert_int_equal(drawn, 8);
    assert_int_equal(scratch_count(folder), 4 * 8);
    for (size_t i = 0; i < 8; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s.svg", names[i]);
        char *picture = scratch_read(folder, name);
        assert_non_null(picture);
        assert_non_null(strstr(picture, "</svg>"));
        free(picture);
    }
    free(f);
}

static void the_same_result_gives_the_same_pictures(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    if (!have_gnuplot()) skip();
    struct fixture *f = fixture_create(2, 30);
    figures_draw(&f->result, folder, &problem);
    char *first = scratch_read(folder, "recreate-runners.svg");
    figures_draw(&f->result, folder, &problem);
    char *second = scratch_read(folder, "recreate-runners.svg");
    assert_string_equal(first, second);
    free(first);
    free(second);
    free(f);
}

// The evil name is an alternative, an app, a revision, a machine type and a mark.
static void evil_names_are_only_names(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    if (!have_gnuplot()) skip();
    struct fixture *f = fixture_create(2, 30);
    f->names[0].name = f->names[1].name = FIXTURE_EVIL;
    f->scenario.question = FIXTURE_EVIL;
    for (size_t a = 0; a < 2; a++)
        for (size_t c = 0; c < f->alternatives[a].series.column_count; c++)
            for (size_t l = 0; l < LABELS; l++)
                if (l != LABEL_STATE && f->series[a][c].column.labels[l])
                    f->series[a][c].column.labels[l] = FIXTURE_EVIL;
    for (size_t c = 0; c < FIXTURE_ROWS; c++)
        if (f->columns[c].labels[LABEL_MACHINE_TYPE])
            f->columns[c].labels[LABEL_MACHINE_TYPE] = FIXTURE_EVIL;
    f->marks[0][0].what = f->marks[0][0].app = f->marks[0][0].detail = FIXTURE_EVIL;
    assert_int_equal(figures_draw(&f->result, folder, &problem), 8);
    assert_string_equal(problem.text, "");
    assert_true(scratch_has(folder, "a_b_touch_x____x______-runners.svg"));
    assert_true(scratch_has(folder, "a_b_touch_x____x______-runners_2.svg"));
    assert_int_equal(access("x", F_OK), -1);
    assert_false(scratch_has(folder, "x"));
    free(f);
}

static void several_apps_have_pictures_of_their_own(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    struct fixture *f = fixture_create(1, 30);
    struct series *s = &f->alternatives[0].series;
    for (size_t c = 0; c < 3; c++)
        f->series[0][c].column.labels[LABEL_APP] = "Second";
    assert_int_equal(count_apps(s), 2);
    size_t column = 0;
    assert_string_equal(next_app(s, &column), "Second");
    column++;
    assert_string_equal(next_app(s, &column), "MyApp");
    assert_int_equal(column, 3);
    if (have_gnuplot()) {
        figures_draw(&f->result, folder, &problem);
        assert_string_equal(problem.text, "");
        assert_true(scratch_has(folder, "base-runners-Second.svg"));
        assert_true(scratch_has(folder, "base-queue-MyApp.svg"));
    }
    free(f);
}

static void without_gnuplot_it_is_said_once(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    struct fixture *f = fixture_create(2, 30);
    char path[4096];
    snprintf(path, sizeof path, "%s", getenv("PATH"));
    setenv("PATH", folder, 1);
    size_t drawn = figures_draw(&f->result, folder, &problem);
    setenv("PATH", path, 1);
    assert_int_equal(drawn, 0);
    assert_non_null(strstr(problem.text, "gnuplot is not installed"));
    assert_int_equal(scratch_count(folder), 2); // the first figure's script and data
    free(f);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_create, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_pictures_are_drawn),          TEST(the_same_result_gives_the_same_pictures),
        TEST(evil_names_are_only_names),       TEST(several_apps_have_pictures_of_their_own),
        TEST(without_gnuplot_it_is_said_once),
    };
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
