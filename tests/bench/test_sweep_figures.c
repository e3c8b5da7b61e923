#include "tests/bench/fixture_sweep.h"
#include "tests/bench/scratch.h"

#include "bench/output/sweep_figures.c"

static bool has_gnuplot(void)
{
    return system("gnuplot --version >/dev/null 2>&1") == 0;
}

// gnuplot draws all of them, and names are made of what they show.
static void every_kind_is_drawn(void **state)
{
    static const struct {
        const char *sweep, *picture;
        size_t drawn;
    } rows[] = {
        {SWEPT_GRID, "cost_usd-owner-curves.svg", 2},
        {"\"axes\": {\"/a\": [1, 2, 3], \"/b\": [1, 2]}", "wait_s-My_App-0.99-map.png", 4},
        {"\"design\": \"factorial2\", \"axes\": {\"/a\": [1, 2], \"/b\": [1, 2]}",
         "cost_usd-owner-effects.svg", 2},
        {"\"design\": \"lhs\", \"points\": 5, \"axes\": {\"/a\": {\"range\": {\"from\": 0, "
         "\"to\": 1}}, \"/b\": [1, 2]}",
         "cost_usd-owner-scatter.svg", 2},
        {"\"design\": \"tornado\", \"axes\": {\"/warmpool\": [], \"/x-\": []}",
         "cost_usd-owner-tornado.png", 2},
    };
    if (!has_gnuplot()) skip();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct swept *s = swept_create(rows[i].sweep, swept_plain);
        struct files_problem problem;
        size_t drawn = sweep_figures_draw(&s->result, *state, &problem);
        if (*problem.text) fail_msg("%s", problem.text);
        assert_int_equal(drawn, rows[i].drawn);
        assert_true(scratch_has(*state, rows[i].picture));
        swept_free(s);
    }
}

static void a_folder_that_is_not_there_is_a_problem(void **state)
{
    (void)state;
    struct swept *s = swept_create(SWEPT_GRID, swept_plain);
    struct files_problem problem;
    assert_int_equal(sweep_figures_draw(&s->result, "/none/such", &problem), 0);
    assert_non_null(strstr(problem.text, "/none/such"));
    swept_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_is_drawn, scratch_create, scratch_remove),
        cmocka_unit_test(a_folder_that_is_not_there_is_a_problem),
    };
    return cmocka_run_group_tests_name("sweep_figures", tests, NULL, NULL);
}
