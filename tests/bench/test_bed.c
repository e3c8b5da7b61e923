#include "bench/speed/bed.c"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

// A short run of a case.
static struct speed_case shortened(const char *name, double requests)
{
    const struct speed_case *c = speed_cases;
    while (strcmp(c->name, name) != 0)
        c++;
    struct speed_case copy = *c;
    double rate = c->rate_per_s > 0 ? c->rate_per_s : TRACE_ROWS_PER_S;
    copy.horizon_s = requests / rate;
    if (strstr(c->scenario, "\"timeline\"")) copy.horizon_s = 4000; // after its deploy
    return copy;
}

static void every_case_runs_and_answers(void **state)
{
    (void)state;
    for (const struct speed_case *c = speed_cases; c->name; c++) {
        struct speed_case what = shortened(c->name, 2000);
        struct bed_run first, second;
        char error[256] = "";
        if (c->is_long) what.horizon_s = 10;
        struct bed *bed = bed_open(&what, error, sizeof error);
        if (!bed) fail_msg("%s", error);
        if (!bed_run(bed, &first, error, sizeof error)) fail_msg("%s", error);
        assert_true(bed_run(bed, &second, error, sizeof error));
        assert_true(first.units > 1000);
        assert_true((double)first.events >= first.units);
        assert_true(first.units == second.units && first.events == second.events);
        bool answers = c->reference == REFERENCE_MM1 || c->reference == REFERENCE_POOL;
        assert_true(answers ? first.answer > 0 : isnan(first.answer));
        bed_close(bed);
    }
}

static void a_trace_has_every_row_and_goes_away(void **state)
{
    (void)state;
    struct speed_case what = shortened("replay", 5000);
    char error[256], path[PATH + 16];
    struct bed *bed = bed_open(&what, error, sizeof error);
    struct bed_run run;
    assert_non_null(bed);
    snprintf(path, sizeof path, "%s/trace.csv", bed->folder);
    assert_int_equal(access(path, R_OK), 0);
    assert_true(bed_run(bed, &run, error, sizeof error));
    assert_true(run.units == 5000);
    bed_close(bed);
    assert_int_not_equal(access(path, F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_runs_and_answers),
        cmocka_unit_test(a_trace_has_every_row_and_goes_away),
    };
    return cmocka_run_group_tests_name("bed", tests, NULL, NULL);
}
