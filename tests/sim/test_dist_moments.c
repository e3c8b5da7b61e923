#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "sim/dist_moments.c"

static const double root_of_pi = 1.7724538509055160273, pi = 3.1415926535897932385;

static void expect(const char *what, double got, double expected)
{
    bool same = got == expected || fabs(got - expected) <= 1e-13 * fabs(expected);
    if (!same) fail_msg("%s: expected %.17g, got %.17g", what, expected, got);
}

static void moments_are_those_of_the_textbook(void **state)
{
    (void)state;
    const double e = exp(1);
    const struct {
        const char *what;
        struct dist dist;
        double mean, variance;
    } rows[] = {
        {"constant", {.kind = DIST_CONSTANT, .a = 3}, 3, 0},
        {"uniform", {.kind = DIST_UNIFORM, .a = 2, .b = 8}, 5, 3},
        {"exponential", {.kind = DIST_EXPONENTIAL, .a = 4}, 4, 16},
        {"half normal", {.kind = DIST_NORMAL, .a = 0, .b = 1, .c = 0.5}, sqrt(2 / pi), 1 - 2 / pi},
        {"normal without a cut", {.kind = DIST_NORMAL, .a = 1000, .b = 2, .c = 1}, 1000, 4},
        {"almost no normal", {.kind = DIST_NORMAL, .a = 1e9, .b = 1e-300, .c = 1}, 1e9, 0},
        {"lognormal", {.kind = DIST_LOGNORMAL, .a = 0, .b = 1}, exp(0.5), e * (e - 1)},
        {"gamma", {.kind = DIST_GAMMA, .a = 0.5, .b = 6}, 3, 18},
        {"erlang", {.kind = DIST_ERLANG, .a = 4, .b = 0.5}, 2, 1},
        {"weibull, exponential", {.kind = DIST_WEIBULL, .a = 1, .b = 3}, 3, 9},
        {"weibull, rayleigh", {.kind = DIST_WEIBULL, .a = 2, .b = 1}, root_of_pi / 2, 1 - pi / 4},
        {"weibull, stretched", {.kind = DIST_WEIBULL, .a = 0.5, .b = 1}, 2, 20},
        {"pareto", {.kind = DIST_PARETO, .a = 3, .b = 2}, 3, 3},
        {"pareto, no variance", {.kind = DIST_PARETO, .a = 2, .b = 2}, 4, INFINITY},
        {"pareto, no mean", {.kind = DIST_PARETO, .a = 1, .b = 2}, INFINITY, INFINITY},
        {"triangular", {.kind = DIST_TRIANGULAR, .a = 1, .b = 2, .c = 6}, 3, 7.0 / 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect(rows[i].what, dist_mean(&rows[i].dist), rows[i].mean);
        expect(rows[i].what, dist_variance(&rows[i].dist), rows[i].variance);
    }
}

// A normal with mean 1 and sd 2, cut at 0: the hazard at -1/2 is 0.50915846...
static void a_cut_normal_has_a_larger_mean_and_a_smaller_variance(void **state)
{
    (void)state;
    const struct dist dist = {.kind = DIST_NORMAL, .a = 1, .b = 2, .c = gsl_cdf_ugaussian_P(0.5)};
    double hazard = exp(-0.125) / sqrt(2 * pi) / (0.5 * erfc(-0.5 / sqrt(2)));
    expect("mean", dist_mean(&dist), 1 + 2 * hazard);
    expect("variance", dist_variance(&dist), 4 * (1 - hazard * hazard - hazard / 2));
}

static void moments_of_lists_are_exact(void **state)
{
    struct dist dist;
    static const double values[] = {1, 2, 6}, weights[] = {1, 2, 1};
    assert_null(dist_make_empirical(&dist, *state, values, NULL, 3));
    expect("empirical mean", dist_mean(&dist), 3);
    expect("empirical variance", dist_variance(&dist), 14.0 / 3); // divisor n: it is all there is
    assert_null(dist_make_empirical(&dist, *state, values, weights, 3));
    expect("weighted mean", dist_mean(&dist), 2.75);
    expect("weighted variance", dist_variance(&dist), 3.6875);

    static const double p[] = {0, 0.5, 1}, x[] = {0, 1, 3};
    assert_null(dist_make_quantiles(&dist, *state, p, x, 3));
    expect("quantile mean", dist_mean(&dist), 1.25);                        // 1/2 (1/2 + 2)
    expect("quantile variance", dist_variance(&dist), 7.0 / 3 - 25.0 / 16); // 1/2 (1/3 + 13/3)
    static const double straight[] = {2, 5, 8};
    assert_null(dist_make_quantiles(&dist, *state, p, straight, 3));
    expect("a straight line is uniform", dist_variance(&dist), 3);

    static const double shares[] = {0.9, 0.1}, means[] = {1, 20};
    assert_null(dist_make_hyperexponential(&dist, *state, shares, means, 2));
    expect("hyperexponential mean", dist_mean(&dist), 2.9);
    expect("hyperexponential variance", dist_variance(&dist), 2 * (0.9 + 40) - 2.9 * 2.9);
}

static void mixtures_obey_the_law_of_total_variance(void **state)
{
    const struct dist parts[] = {
        {.kind = DIST_EXPONENTIAL, .a = 2},
        {.kind = DIST_PARETO, .a = 1, .b = 1},
        {.kind = DIST_UNIFORM, .a = 4, .b = 10},
    };
    static const double finite[] = {1, 0, 3}, infinite[] = {1, 1, 1};
    struct dist dist;
    assert_null(dist_make_mixture(&dist, *state, finite, parts, 3));
    expect("mean", dist_mean(&dist), 5.75);
    expect("variance", dist_variance(&dist), 0.25 * 4 + 0.75 * 3 + 0.1875 * 25);
    assert_null(dist_make_mixture(&dist, *state, infinite, parts, 3));
    expect("mean", dist_mean(&dist), INFINITY);
    expect("variance", dist_variance(&dist), INFINITY);
}

static void a_narrow_spread_far_from_0_keeps_its_digits(void **state)
{
    struct dist dist;
    static const double values[] = {1e8, 1e8 + 1}, p[] = {0, 1};
    assert_null(dist_make_empirical(&dist, *state, values, NULL, 2));
    expect("empirical", dist_variance(&dist), 0.25);
    assert_null(dist_make_quantiles(&dist, *state, p, values, 2));
    expect("quantiles", dist_variance(&dist), 1.0 / 12);
    dist = (struct dist){.kind = DIST_TRIANGULAR, .a = 1e8, .b = 1e8 + 1, .c = 1e8 + 2};
    expect("triangular", dist_variance(&dist), 1.0 / 6);
}

static int open_arena(void **state)
{
    *state = arena_create(1 << 20);
    return 0;
}

static int close_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_those_of_the_textbook),
        cmocka_unit_test(a_cut_normal_has_a_larger_mean_and_a_smaller_variance),
        cmocka_unit_test(moments_of_lists_are_exact),
        cmocka_unit_test(mixtures_obey_the_law_of_total_variance),
        cmocka_unit_test(a_narrow_spread_far_from_0_keeps_its_digits),
    };
    return cmocka_run_group_tests_name("dist_moments", tests, open_arena, close_arena);
}
