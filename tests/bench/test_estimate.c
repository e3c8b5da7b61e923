#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/estimate.c" // the module under test, statics included

static struct summary summary(double mean, double half, uint32_t n)
{
    struct summary s = {.n = n, .mean = mean, .low = NAN, .high = NAN};
    if (n > 1) s.low = mean - half, s.high = mean + half;
    return s;
}

static void digits_follow_the_uncertainty(void **state)
{
    (void)state;
    static const struct {
        double mean, half;
        const char *text;
    } rows[] = {
        {41.234, 1.1, "41.2 +/- 1.1"},
        {41.234, 0.44, "41.2 +/- 0.4"},
        {41.234, 0.996, "41 +/- 1"},
        {1234567, 1000, "1,234,567 +/- 1,000"},
        {0.18321, 0.0014, "0.1832 +/- 0.0014"},
        {0.00075, 0.00029, "0.0008 +/- 0.0003"},
        {-0.0000071, 0.000014, "-7e-06 +/- 1e-05"},
        {28800, 0, "28,800"},
        {0, 0, "0"},
        {0.5, 0, "0.5"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct summary s = summary(rows[i].mean, rows[i].half, 30);
        assert_string_equal(estimate_text(&s, 1, "").text, rows[i].text);
    }
}

static void what_is_not_known_is_said(void **state)
{
    (void)state;
    struct summary one = summary(41.234, 0, 1), none = summary(NAN, NAN, 0);
    assert_string_equal(estimate_text(&one, 1, "").text, "41.23 +/- n/a");
    assert_string_equal(estimate_interval(&one, 1).text, "n/a");
    assert_string_equal(estimate_text(&none, 1, "").text, "n/a");
    assert_string_equal(estimate_interval(&none, 1).text, "n/a");
    assert_string_equal(estimate_text(NULL, 1, "+").text, "n/a");
}

static void a_scale_and_a_sign_are_applied(void **state)
{
    (void)state;
    struct summary s = summary(0.0323, 0.0011, 30), minus = summary(-2, 0.5, 30);
    assert_string_equal(estimate_text(&s, 100, "+").text, "+3.23 +/- 0.11");
    assert_string_equal(estimate_text(&minus, 1, "+").text, "-2.0 +/- 0.5");
    assert_string_equal(estimate_interval(&s, 100).text, "3.12 to 3.34");
    assert_string_equal(estimate_mean(&s, 100).text, "3.23");
    struct summary constant = summary(7, 0, 30);
    assert_string_equal(estimate_interval(&constant, 1).text, "always");
}

static void only_a_clear_difference_is_judged(void **state)
{
    (void)state;
    struct summary less = summary(-2, 0.5, 30), unclear = summary(-2, 3, 30),
                   one = summary(-2, 0, 1);
    assert_string_equal(estimate_judge(&less, BETTER_LOWER), "better");
    assert_string_equal(estimate_judge(&less, BETTER_HIGHER), "worse");
    assert_string_equal(estimate_judge(&less, BETTER_NEITHER), "");
    assert_string_equal(estimate_judge(&unclear, BETTER_LOWER), "");
    assert_string_equal(estimate_judge(&one, BETTER_LOWER), "");
}

// Intervals of a logarithm show their ends, with two digits of their distance from 0 or from 1.
static void logarithmic_intervals_show_both_ends(void **state)
{
    (void)state;
    struct summary s = summary(0.5, 0.4, 30);
    s.scale = SCALE_LOG;
    s.low = 0.0123;
    s.high = 2.46;
    assert_string_equal(estimate_text(&s, 1, "+").text, "0.01 to 2.5");
    assert_string_equal(estimate_interval(&s, 1).text, "0.01 to 2.5");
    assert_string_equal(estimate_mean(&s, 1).text, "0.50");
    s.low = 1.2e-7;
    assert_string_equal(estimate_text(&s, 1, "").text, "1e-07 to 2.5");
    s.scale = SCALE_LINEAR; // cut off at 0
    s.mean = 0;
    s.low = 0;
    assert_string_equal(estimate_text(&s, 1, "").text, "0 to 2.5");
    s = summary(0.999867, 0.0002, 30);
    s.scale = SCALE_LOG_FROM_1;
    s.low = 0.99934;
    s.high = 0.999976;
    assert_string_equal(estimate_mean(&s, 100).text, "99.987");
    assert_string_equal(estimate_interval(&s, 100).text, "99.934 to 99.998");
}

// What the interval is about is not always the mean of the replications.
static void the_estimate_is_printed(void **state)
{
    (void)state;
    struct summary s = summary(41.2, 1.1, 30);
    s.method = INTERVAL_JACKKNIFE;
    s.estimate = 40.9;
    s.low = 39.8;
    s.high = 42;
    assert_string_equal(estimate_mean(&s, 1).text, "40.9");
    s = summary(41.2, 1.1, 30);
    s.estimate = 40.9; // of another method
    assert_string_equal(estimate_mean(&s, 1).text, "41.2");
}

static void the_level_is_the_scenarios(void **state)
{
    (void)state;
    struct scenario scenario = {.replications = {.confidence = 0.99}};
    const struct experiment_result result = {.scenario = &scenario};
    assert_string_equal(estimate_level(&result).text, "99 %");
    scenario.replications.confidence = 0;
    assert_string_equal(estimate_level(&result).text, "95 %");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_follow_the_uncertainty),
        cmocka_unit_test(what_is_not_known_is_said),
        cmocka_unit_test(a_scale_and_a_sign_are_applied),
        cmocka_unit_test(only_a_clear_difference_is_judged),
        cmocka_unit_test(logarithmic_intervals_show_both_ends),
        cmocka_unit_test(the_estimate_is_printed),
        cmocka_unit_test(the_level_is_the_scenarios),
    };
    return cmocka_run_group_tests_name("estimate", tests, NULL, NULL);
}
