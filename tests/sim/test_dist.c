#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "sim/dist.c"
#include "sim/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// T3: every form once, and lists; each has its draws compared with its distribution function
// (Kolmogorov, or chi-square where there are only a few values) and with its mean and variance.  A
// comparison fails by chance once in a million, all of them together once in 15,000.  The fourth
// moments of all of them exist, so that the variance of a sample has a standard error.

static const struct {
    const char *name;
    double values[3];
} forms[] =
    {
        {"uniform", {2, 5}},       {"exponential", {3}},
        {"normal", {10, 2}},       // the cut is out of sight
        {"normal", {1, 2}},        // the cut takes 31 %
        {"normal", {0, 1}},        // half
        {"lognormal", {2, 0.5}},   // median, sigma
        {"lognormal#2", {3, 0.4}}, // mean, cv
        {"gamma", {3, 0.5}},       // mean, cv
        {"gamma#2", {0.4, 2}},     // shape, scale: below 1
        {"weibull", {0.8, 2}},     {"weibull", {3, 2}},
        {"pareto", {6, 1}},        {"erlang", {4, 2}},
        {"triangular", {1, 2, 6}}, {"triangular", {1, 1, 3}}, // no rise
        {"triangular", {1, 3, 3}},                            // no fall
};
enum { FORMS = sizeof forms / sizeof *forms, LISTS = 6, ALL = FORMS + LISTS };

struct named {
    char name[80];
    struct dist dist;
};

// "gamma#2" is the second row of that name.
static const struct dist_form *form_of(const char *name)
{
    size_t length = strcspn(name, "#");
    int row = name[length] == '#' ? name[length + 1] - '0' : 1;
    for (const struct dist_form *form = dist_forms; form->name; form++)
        if (strlen(form->name) == length && strncmp(form->name, name, length) == 0 && --row == 0)
            return form;
    fail_msg("no form %s", name);
    return NULL;
}

static struct dist make(const char *name, const double *values)
{
    struct dist dist;
    const char *wrong = form_of(name)->make(&dist, values);
    if (wrong) fail_msg("%s: %s", name, wrong);
    return dist;
}

static void make_lists(struct named *out, struct arena *arena)
{
    static const double values[] = {5, 1, 3, 8, 2.5}, weights[] = {1, 2, 0, 1, 4};
    static const double p[] = {0, 0.1, 0.5, 0.9, 1}, times[] = {1, 2, 2.5, 4, 20};
    static const double shares[] = {0.9, 0.1}, means[] = {1, 20};
    static const double none[] = {0.3, 0, 0.7};
    assert_null(dist_make_empirical(&out[0].dist, arena, values, NULL, 5));
    assert_null(dist_make_empirical(&out[1].dist, arena, values, weights, 5));
    assert_null(dist_make_quantiles(&out[2].dist, arena, p, times, 5));
    assert_null(dist_make_hyperexponential(&out[3].dist, arena, shares, means, 2));
    const struct dist parts[] = {
        make("gamma", (const double[]){2, 0.3}),
        make("pareto", (const double[]){0.5, 1}), // infinite, but without weight
        make("uniform", (const double[]){4, 9}),
    };
    assert_null(dist_make_mixture(&out[4].dist, arena, none, parts, 3));
    const struct dist nested[] = {out[4].dist, out[3].dist};
    assert_null(dist_make_mixture(&out[5].dist, arena, shares, nested, 2));
    static const char *const names[LISTS] = {
        "empirical", "empirical, weighted", "quantiles", "hyperexponential", "mixture", "nested",
    };
    for (int i = 0; i < LISTS; i++)
        (void)snprintf(out[i].name, sizeof out[i].name, "%s", names[i]);
}

static struct named all[ALL];

static int make_all(void **state)
{
    struct arena *arena = arena_create(1 << 20);
    *state = arena;
    for (int i = 0; i < FORMS; i++) {
        const double *v = forms[i].values;
        all[i].dist = make(forms[i].name, v);
        (void)snprintf(all[i].name, sizeof all[i].name, "%s %g %g %g", forms[i].name, v[0], v[1],
                       v[2]);
    }
    make_lists(all + FORMS, arena);
    return 0;
}

static int drop_all(void **state)
{
    arena_destroy(*state);
    return 0;
}

enum { SAMPLE = 100000, SEED = 20240229 };
static double sample[SAMPLE];

static void draw_sample(const struct dist *dist)
{
    struct rng_stream stream;
    rng_stream_open(&stream, SEED, 0, 1);
    for (uint64_t i = 0; i < SAMPLE; i++)
        sample[i] = dist_draw(dist, &stream, i);
}

static int compare_doubles(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

// Kolmogorov: P(D > d) is about 2 exp(-2 (d sqrt(n))^2), which is 1e-6 at d sqrt(n) = 2.693.
static void check_kolmogorov(const struct named *named)
{
    qsort(sample, SAMPLE, sizeof *sample, compare_doubles);
    double worst = 0;
    for (int i = 0; i < SAMPLE; i++) {
        double p = dist_cdf(&named->dist, sample[i]);
        worst = fmax(worst, fmax(p - (double)i / SAMPLE, (double)(i + 1) / SAMPLE - p));
    }
    double root = sqrt((double)SAMPLE);
    if ((root + 0.12 + 0.11 / root) * worst > 2.693)
        fail_msg("%s: Kolmogorov distance %g", named->name, worst);
}

static void check_chi_square(const struct named *named)
{
    const struct dist_table *table = named->dist.table;
    double chi = 0, before = 0;
    unsigned classes = 0;
    for (size_t i = 0; i < table->count; before = table->p[i++]) {
        double expected = (table->p[i] - before) * SAMPLE, seen = 0;
        for (int k = 0; k < SAMPLE; k++)
            seen += sample[k] == table->x[i];
        if (expected == 0) assert_true(seen == 0);
        if (expected == 0) continue;
        chi += (seen - expected) * (seen - expected) / expected;
        classes++;
    }
    if (gsl_cdf_chisq_Q(chi, classes - 1) < 1e-6) fail_msg("%s: chi-square %g", named->name, chi);
}

// T3: each of the distributions is the one that its name says.
static void draws_follow_the_distribution(void **state)
{
    (void)state;
    print_message("seed %d\n", SEED);
    for (int i = 0; i < ALL; i++) {
        draw_sample(&all[i].dist);
        if (all[i].dist.kind == DIST_EMPIRICAL) {
            check_chi_square(&all[i]);
        } else {
            check_kolmogorov(&all[i]);
        }
    }
}

// T3: no kind and no form of the tables is left out of the comparisons.  A constant has no spread
// to compare: all draws are the value.
static void every_distribution_is_compared(void **state)
{
    (void)state;
    bool seen[DIST_KINDS] = {[DIST_CONSTANT] = true};
    for (int i = 0; i < ALL; i++)
        seen[all[i].dist.kind] = true;
    for (int kind = 0; kind < DIST_KINDS; kind++)
        if (!seen[kind]) fail_msg("kind %d", kind);
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        bool found = strcmp(form->name, "constant") == 0;
        for (int i = 0; i < FORMS; i++)
            found = found || form_of(forms[i].name) == form;
        if (!found) fail_msg("%s", form->name);
    }
    struct dist constant = make("constant", (const double[]){3.5});
    draw_sample(&constant);
    for (int i = 0; i < SAMPLE; i++)
        assert_true(sample[i] == 3.5);
    assert_true(dist_mean(&constant) == 3.5 && dist_variance(&constant) == 0);
}

static void mean_and_variance_are_those_of_the_draws(void **state)
{
    (void)state;
    print_message("seed %d\n", SEED);
    for (int i = 0; i < ALL; i++) {
        draw_sample(&all[i].dist);
        struct tally tally;
        tally_reset(&tally);
        for (int k = 0; k < SAMPLE; k++)
            tally_add(&tally, sample[k]);
        double mean = dist_mean(&all[i].dist), variance = dist_variance(&all[i].dist), fourth = 0;
        for (int k = 0; k < SAMPLE; k++)
            fourth += pow(sample[k] - mean, 4) / SAMPLE;
        double error_of_mean = sqrt(variance / SAMPLE);
        double error_of_variance = sqrt((fourth - variance * variance) / SAMPLE);
        if (fabs(tally_mean(&tally) - mean) > 5 * error_of_mean)
            fail_msg("%s: mean %g, drawn %g", all[i].name, mean, tally_mean(&tally));
        if (fabs(tally_variance(&tally) - variance) > 5 * error_of_variance)
            fail_msg("%s: variance %g, drawn %g", all[i].name, variance, tally_variance(&tally));
    }
}

static const double extremes[] = {0x1p-53, 3 * 0x1p-53, 0.5, 1 - 3 * 0x1p-53, 1 - 0x1p-53};

static void inversions_rise_with_the_uniform_and_stay_finite(void **state)
{
    (void)state;
    for (int i = 0; i < ALL; i++) {
        const struct dist *dist = &all[i].dist;
        if (takes_several(dist->kind)) continue;
        double before = invert(dist, extremes[0]);
        assert_true(before >= 0);
        for (int k = 1; k < 20000; k++) {
            double x = invert(dist, k / 20000.0);
            if (!(x >= before)) fail_msg("%s falls at %g", all[i].name, k / 20000.0);
            before = x;
        }
        assert_true(invert(dist, extremes[4]) >= before && isfinite(invert(dist, extremes[4])));
    }
}

static void the_distribution_function_undoes_the_inversion(void **state)
{
    (void)state;
    for (int i = 0; i < ALL; i++) {
        const struct dist *dist = &all[i].dist;
        if (takes_several(dist->kind) || dist->kind == DIST_EMPIRICAL) continue;
        for (int k = 1; k < 1000; k++) {
            double p = dist_cdf(dist, invert(dist, k / 1000.0));
            if (fabs(p - k / 1000.0) > 1e-12)
                fail_msg("%s at %g: %.17g", all[i].name, k / 1000.0, p);
        }
    }
}

static void draws_of_all_shapes_are_finite_and_not_negative_at_the_extremes(void **state)
{
    (void)state;
    static const double weights[] = {0, 0.5, 1};
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        for (int corner = 0; corner < 27; corner++) {
            double values[3];
            int digits = corner;
            for (int a = 0; a < 3; a++, digits /= 3)
                values[a] = form->args[a].key
                                ? form->args[a].min +
                                      weights[digits % 3] * (form->args[a].max - form->args[a].min)
                                : 0;
            struct dist dist;
            if (form->make(&dist, values)) continue;
            for (size_t u = 0; u < sizeof extremes / sizeof *extremes; u++) {
                double x = takes_several(dist.kind) ? 0 : invert(&dist, extremes[u]);
                assert_true(x >= 0 && isfinite(x));
                double p = dist_cdf(&dist, x);
                assert_true(p >= 0 && p <= 1);
            }
            assert_true(dist_mean(&dist) >= 0 && dist_variance(&dist) >= 0);
        }
    }
}

static void a_cut_normal_is_never_negative_however_its_curve_lies(void **state)
{
    (void)state;
    for (double mean = 0; mean < 9; mean += 0.0625)
        for (double sd = 0.5; sd < 3; sd += 0.0625) {
            struct dist dist = make("normal", (const double[]){mean, sd});
            assert_true(invert(&dist, 0x1p-53) >= 0);
        }
}

static void an_entity_always_draws_the_same(void **state)
{
    (void)state;
    for (int i = 0; i < ALL; i++) {
        struct rng_stream up, down;
        rng_stream_open(&up, 5, 2, 1);
        rng_stream_open(&down, 5, 2, 1);
        double first[100];
        for (uint64_t e = 0; e < 100; e++)
            first[e] = dist_draw(&all[i].dist, &up, e);
        for (uint64_t e = 100; e-- > 0;)
            assert_true(dist_draw(&all[i].dist, &down, e) == first[e]);
        assert_true(first[0] != first[1] || all[i].dist.kind == DIST_EMPIRICAL);
    }
}

static void distribution_functions_go_from_0_to_1(void **state)
{
    (void)state;
    for (int i = 0; i < ALL; i++) {
        assert_true(dist_cdf(&all[i].dist, -1) == 0);
        assert_true(dist_cdf(&all[i].dist, 1e9) > 1 - 1e-12);
        assert_true(dist_cdf(&all[i].dist, INFINITY) == 1);
        double before = 0;
        for (double x = 0; x < 50; x += 0.01) {
            double p = dist_cdf(&all[i].dist, x);
            if (!(p >= before - 1e-15 && p <= 1 + 1e-15)) fail_msg("%s at %g", all[i].name, x);
            before = p;
        }
    }
}

static void known_points_of_distribution_functions(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double values[3], x, p;
    } rows[] = {
        {"constant", {3}, 2.9999, 0},
        {"constant", {3}, 3, 1},
        {"uniform", {2, 6}, 3, 0.25},
        {"exponential", {2}, 2, 0.63212055882855767840}, // 1 - 1/e
        {"normal", {0, 1}, 1, 0.68268949213708589717},   // erf(1/sqrt 2)
        {"lognormal", {5, 2}, 5, 0.5},                   // its median
        {"gamma#2", {1, 2}, 2, 0.63212055882855767840},  // an exponential
        {"weibull", {3, 2}, 2, 0.63212055882855767840},  // at its scale, for any shape
        {"pareto", {2, 1}, 2, 0.75},                     // 1 - (1/2)^2
        {"erlang", {2, 2}, 1, 0.26424111765711535681},   // 1 - 2/e
        {"triangular", {0, 1, 2}, 0.5, 0.125},
        {"triangular", {0, 1, 2}, 1.5, 0.875},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dist dist = make(rows[i].name, rows[i].values);
        if (fabs(dist_cdf(&dist, rows[i].x) - rows[i].p) > 1e-14)
            fail_msg("%s at %g: %.17g", rows[i].name, rows[i].x, dist_cdf(&dist, rows[i].x));
    }
}

static void known_points_of_inversions(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double values[3], u, x;
    } rows[] = {
        {"constant", {3}, 0.9, 3},
        {"uniform", {2, 6}, 0.25, 3},
        {"exponential", {2}, 0.5, 1.3862943611198906188},  // 2 ln 2
        {"normal", {10, 1}, 0.975, 11.959963984540054236}, // the z that everybody knows
        {"normal", {0, 1}, 0.95, 1.9599639845400542355},   // two tails folded into one
        {"lognormal", {7, 1.5}, 0.5, 7},
        {"weibull", {1, 2}, 0.5, 1.3862943611198906188},
        {"pareto", {2, 3}, 0.75, 6},
        {"triangular", {0, 1, 2}, 0.125, 0.5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dist dist = make(rows[i].name, rows[i].values);
        double x = invert(&dist, rows[i].u);
        if (fabs(x - rows[i].x) > 1e-14 * rows[i].x) fail_msg("%s: %.17g", rows[i].name, x);
    }
}

static void lists_draw_by_their_probabilities(void **state)
{
    (void)state;
    const struct dist *weighted = &all[FORMS + 1].dist; // 1: 2/8, 2.5: 4/8, 5: 1/8, 8: 1/8
    assert_true(invert(weighted, 0.2499) == 1 && invert(weighted, 0.2501) == 2.5);
    assert_true(invert(weighted, 0.7499) == 2.5 && invert(weighted, 0.7501) == 5);
    assert_true(invert(weighted, 1 - 0x1p-53) == 8);
    assert_true(dist_cdf(weighted, 0.999) == 0 && dist_cdf(weighted, 1) == 0.25);
    assert_true(dist_cdf(weighted, 3) == 0.75 && dist_cdf(weighted, 8) == 1);
    const struct dist *quantiles = &all[FORMS + 2].dist; // 0: 1, .1: 2, .5: 2.5, .9: 4, 1: 20
    assert_true(fabs(invert(quantiles, 0.05) - 1.5) < 1e-15);
    assert_true(fabs(invert(quantiles, 0.3) - 2.25) < 1e-15);
    assert_true(fabs(invert(quantiles, 0.95) - 12) < 1e-14);
    assert_true(fabs(dist_cdf(quantiles, 12) - 0.95) < 1e-15);
    assert_true(dist_cdf(quantiles, 0.5) == 0 && dist_cdf(quantiles, 20) == 1);
}

static void equal_quantiles_are_a_jump(void **state)
{
    static const double p[] = {0, 0.2, 0.6, 1}, x[] = {0, 5, 5, 10};
    struct dist dist;
    assert_null(dist_make_quantiles(&dist, *state, p, x, 4));
    assert_true(invert(&dist, 0.21) == 5 && invert(&dist, 0.59) == 5);
    assert_true(dist_cdf(&dist, 4.999999) < 0.2 && dist_cdf(&dist, 5) == 0.6);
}

static void times_are_whole_nanoseconds(void **state)
{
    (void)state;
    struct rng_stream stream;
    rng_stream_open(&stream, 1, 0, 0);
    struct dist constant = dist_constant(1.5), forever = dist_constant(1e10);
    assert_true(dist_draw_time(&constant, &stream, 0) == 1500000000);
    assert_true(dist_draw_time(&forever, &stream, 0) == SIM_NEVER);
    struct dist dist = make("exponential", (const double[]){1});
    double seconds = -log(1 - rng_uniform(&stream, 9));
    assert_true(dist_draw_time(&dist, &stream, 9) == sim_from_seconds(seconds));
}

// In a walk, after a jump and in a walk that goes on from there.
static void times_drawn_ahead_are_those_of_single_draws(void **state)
{
    (void)state;
    for (int i = 0; i < ALL; i++) {
        const struct dist *dist = &all[i].dist;
        struct rng_stream walking, single;
        rng_stream_open(&walking, SEED, 0, 1);
        rng_stream_open(&single, SEED, 0, 1);
        struct dist_ahead ahead = {.count = 0};
        for (uint64_t entity = 0; entity < 200; entity += entity == 70 ? 9 : 1)
            if (dist_ahead_time(&ahead, dist, &walking, entity) !=
                dist_draw_time(dist, &single, entity))
                fail_msg("%s: entity %llu", all[i].name, (unsigned long long)entity);
    }
}

// Batches that may meet a time after the last one that fits are drawn one by one.
static void times_drawn_ahead_may_be_never(void **state)
{
    (void)state;
    struct rng_stream walking, single;
    rng_stream_open(&walking, SEED, 0, 1);
    rng_stream_open(&single, SEED, 0, 1);
    for (double mean = 1e8; mean < 1e10; mean *= 1.25) {
        struct dist dist = make("exponential", &mean);
        struct dist_ahead ahead = {.count = 0};
        int never = 0;
        for (uint64_t entity = 0; entity < 320; entity++) {
            sim_time time = dist_ahead_time(&ahead, &dist, &walking, entity);
            assert_true(time == dist_draw_time(&dist, &single, entity));
            never += time == SIM_NEVER;
        }
        assert_true(mean < 3e9 || never > 0);
        assert_true(mean > 2e8 || never == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_drawn_ahead_are_those_of_single_draws),
        cmocka_unit_test(times_drawn_ahead_may_be_never),
        cmocka_unit_test(draws_follow_the_distribution),
        cmocka_unit_test(every_distribution_is_compared),
        cmocka_unit_test(mean_and_variance_are_those_of_the_draws),
        cmocka_unit_test(inversions_rise_with_the_uniform_and_stay_finite),
        cmocka_unit_test(the_distribution_function_undoes_the_inversion),
        cmocka_unit_test(draws_of_all_shapes_are_finite_and_not_negative_at_the_extremes),
        cmocka_unit_test(a_cut_normal_is_never_negative_however_its_curve_lies),
        cmocka_unit_test(an_entity_always_draws_the_same),
        cmocka_unit_test(distribution_functions_go_from_0_to_1),
        cmocka_unit_test(known_points_of_distribution_functions),
        cmocka_unit_test(known_points_of_inversions),
        cmocka_unit_test(lists_draw_by_their_probabilities),
        cmocka_unit_test(equal_quantiles_are_a_jump),
        cmocka_unit_test(times_are_whole_nanoseconds),
    };
    return cmocka_run_group_tests_name("dist", tests, make_all, drop_all);
}
