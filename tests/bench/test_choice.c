#include "tests/bench/probe.h"

#include <math.h>

#include "bench/experiment/choice.c"

static const struct metric cost = {.name = "cost_usd", .unit = "usd"},
                           wait = {.name = "wait_s", .unit = "s"},
                           ratio = {.name = "ratio", .unit = "1"};
static const struct column columns[] = {
    {.metric = &cost, .labels = {[LABEL_APP] = "A", [LABEL_PAYER] = "owner"}},
    {.metric = &cost, .labels = {[LABEL_APP] = "A", [LABEL_PAYER] = "callers"}},
    {.metric = &cost, .labels = {[LABEL_PAYER] = "owner"}},
    {.metric = &cost, .labels = {[LABEL_PAYER] = "callers"}},
    {.metric = &wait, .labels = {[LABEL_APP] = "A", [LABEL_QUANTILE] = "0.99"}},
    {.metric = &wait, .labels = {[LABEL_APP] = "B", [LABEL_QUANTILE] = "0.99"}},
    {.metric = &ratio, .labels = {[LABEL_APP] = "A"}},
    {.metric = &ratio, .labels = {[LABEL_APP] = "B"}},
};
enum { COLUMNS = sizeof columns / sizeof *columns };
static const double values[COLUMNS] = {1, 2, 10, 20, 100, 200, 0.5, 0.25};

static void the_fewest_labels_are_meant(void **state)
{
    (void)state;
    static const struct {
        struct metric_choice choice;
        const char *meant; // by column
        double total;
    } rows[] = {
        {{.metric = "cost_usd"}, "..xx....", 30},
        {{.metric = "cost_usd", .labels = {[LABEL_APP] = "A"}}, "xx......", 3},
        {{.metric = "cost_usd", .labels = {[LABEL_PAYER] = "callers"}}, "...x....", 20},
        {{.metric = "wait_s"}, "....xx..", NAN}, // quantiles do not add up
        {{.metric = "wait_s", .labels = {[LABEL_APP] = "B"}}, ".....x..", 200},
        {{.metric = "ratio"}, "......xx", NAN}, // nor do ratios
        {{.metric = "ratio", .labels = {[LABEL_APP] = "A"}}, "......x.", 0.5},
        {{.metric = "cost"}, "........", NAN},
        {{.metric = "wait_s", .labels = {[LABEL_APP] = "C"}}, "........", NAN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t c = 0; c < COLUMNS; c++)
            assert_int_equal(choice_means(&rows[i].choice, columns, COLUMNS, c),
                             rows[i].meant[c] == 'x');
        double total = choice_total(&rows[i].choice, columns, COLUMNS, values);
        assert_true(isnan(rows[i].total) ? isnan(total) : fabs(total - rows[i].total) < 1e-12);
    }
}

static void what_is_undefined_has_no_total(void **state)
{
    (void)state;
    const double gaps[COLUMNS] = {1, 2, NAN, 20, 100, 200, 0.5, 0.25};
    const struct metric_choice all = {.metric = "cost_usd"};
    assert_true(isnan(choice_total(&all, columns, COLUMNS, gaps)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_labels_are_meant),
        cmocka_unit_test(what_is_undefined_has_no_total),
    };
    return cmocka_run_group_tests_name("choice", tests, NULL, NULL);
}
