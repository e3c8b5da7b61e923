#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "sim/dist_forms.c"

static void expect(const struct dist *dist, double mean, double variance)
{
    if (fabs(dist_mean(dist) - mean) > 1e-12 * mean) fail_msg("mean %.17g", dist_mean(dist));
    if (fabs(dist_variance(dist) - variance) > 1e-12 * variance)
        fail_msg("variance %.17g, expected %.17g", dist_variance(dist), variance);
}

static const struct dist_form *find(const char *name, const char *first_key)
{
    for (const struct dist_form *form = dist_forms; form->name; form++)
        if (!strcmp(form->name, name) && !strcmp(form->args[0].key, first_key)) return form;
    fail_msg("no %s with %s", name, first_key);
    return NULL;
}

static struct dist make(const char *name, const char *first_key, double a, double b, double c)
{
    struct dist dist = {0};
    const double values[] = {a, b, c};
    assert_null(find(name, first_key)->make(&dist, values));
    return dist;
}

static void rows_are_well_formed(void **state)
{
    (void)state;
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        assert_non_null(form->make);
        assert_true(form->help && *form->help);
        assert_non_null(form->args[0].key);
        assert_null(form->args[3].key); // the list ends
        for (const struct dist_arg *arg = form->args; arg->key; arg++)
            assert_true(arg->min >= 0 && arg->min < arg->max && isfinite(arg->max));
        for (const struct dist_form *other = dist_forms; other < form; other++)
            assert_true(strcmp(other->name, form->name) != 0 ||
                        strcmp(other->args[0].key, form->args[0].key) != 0);
    }
}

static void every_kind_without_a_list_has_a_form(void **state)
{
    (void)state;
    bool seen[DIST_KINDS] = {false};
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        struct dist dist;
        assert_null(form->make(&dist, (const double[]){1, 2, 3}));
        seen[dist.kind] = true;
    }
    for (enum dist_kind kind = DIST_CONSTANT; kind < DIST_KINDS; kind++) {
        bool list = kind == DIST_HYPEREXPONENTIAL || kind == DIST_EMPIRICAL ||
                    kind == DIST_QUANTILES || kind == DIST_MIXTURE;
        assert_int_equal(seen[kind], !list);
    }
}

static void what_is_written_is_what_is_meant(void **state)
{
    (void)state;
    struct dist dist = make("constant", "value", 4, 0, 0);
    expect(&dist, 4, 0);
    dist = make("exponential", "mean", 4, 0, 0);
    expect(&dist, 4, 16);
    dist = make("uniform", "low", 2, 8, 0);
    expect(&dist, 5, 3);
    dist = make("lognormal", "median", 2, 0.5, 0);
    expect(&dist, 2 * exp(0.125), 4 * exp(0.25) * (exp(0.25) - 1));
    dist = make("lognormal", "mean", 3, 0.4, 0);
    expect(&dist, 3, 1.44);
    dist = make("gamma", "mean", 3, 0.5, 0);
    expect(&dist, 3, 2.25);
    dist = make("gamma", "shape", 4, 0.5, 0);
    expect(&dist, 2, 1);
    dist = make("weibull", "shape", 1, 3, 0);
    expect(&dist, 3, 9);
    dist = make("pareto", "shape", 3, 2, 0);
    expect(&dist, 3, 3);
    dist = make("erlang", "stages", 4, 2, 0);
    expect(&dist, 2, 1);
    dist = make("triangular", "low", 1, 2, 6);
    expect(&dist, 3, 7.0 / 6);
    dist = make("normal", "mean", 1000, 2, 0);
    expect(&dist, 1000, 4);
}

static void no_spread_is_a_constant(void **state)
{
    (void)state;
    const struct dist dists[] = {
        make("uniform", "low", 5, 5, 0),      make("normal", "mean", 5, 0, 0),
        make("lognormal", "median", 5, 0, 0), make("lognormal", "mean", 5, 0, 0),
        make("gamma", "mean", 5, 0, 0),       make("triangular", "low", 5, 5, 5),
    };
    for (size_t i = 0; i < sizeof dists / sizeof *dists; i++)
        assert_true(dists[i].kind == DIST_CONSTANT && dists[i].a == 5);
}

static void a_scale_of_0_is_the_constant_0(void **state)
{
    (void)state;
    const struct dist dists[] = {
        make("exponential", "mean", 0, 0, 0), make("lognormal", "median", 0, 1, 0),
        make("lognormal", "mean", 0, 1, 0),   make("gamma", "mean", 0, 1, 0),
        make("gamma", "shape", 2, 0, 0),      make("weibull", "shape", 2, 0, 0),
        make("pareto", "shape", 2, 0, 0),     make("erlang", "stages", 2, 0, 0),
    };
    for (size_t i = 0; i < sizeof dists / sizeof *dists; i++)
        assert_true(dists[i].kind == DIST_CONSTANT && dists[i].a == 0);
}

static void values_that_contradict_each_other_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *first_key;
        double values[3];
        const char *wrong;
    } rows[] = {
        {"uniform", "low", {2, 1}, "low must not be above high"},
        {"triangular", "low", {2, 1, 3}, "low must not be above mode"},
        {"triangular", "low", {1, 3, 2}, "mode must not be above high"},
        {"gamma", "mean", {1, 0.001}, "cv must be 0 or at least 0.005"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dist dist;
        const char *wrong = find(rows[i].name, rows[i].first_key)->make(&dist, rows[i].values);
        assert_non_null(wrong);
        assert_string_equal(wrong, rows[i].wrong);
    }
}

static void empirical_values_are_sorted_with_their_weights(void **state)
{
    static const double values[] = {3, 1, 2, 1}, weights[] = {1, 2, 4, 1};
    struct dist dist;
    assert_null(dist_make_empirical(&dist, *state, values, weights, 4));
    static const double x[] = {1, 1, 2, 3}, p[] = {0.125, 0.375, 0.875, 1};
    assert_int_equal(dist.table->count, 4);
    assert_memory_equal(dist.table->x, x, sizeof x);
    assert_memory_equal(dist.table->p, p, sizeof p);
}

static void the_last_probability_is_1_whatever_the_rounding(void **state)
{
    static double values[1000], weights[1000];
    for (int i = 0; i < 1000; i++)
        values[i] = i, weights[i] = 0.1;
    weights[999] = 0;
    struct dist dist = {0};
    assert_null(dist_make_empirical(&dist, *state, values, weights, 1000));
    assert_true(dist.table->p[997] < 1 && dist.table->p[998] == 1 && dist.table->p[999] == 1);
}

static void tables_are_copies(void **state)
{
    double p[] = {0, 1}, x[] = {1, 3};
    struct dist dist, mixture;
    assert_null(dist_make_quantiles(&dist, *state, p, x, 2));
    struct dist parts[] = {dist};
    assert_null(dist_make_mixture(&mixture, *state, (const double[]){5}, parts, 1));
    p[0] = p[1] = x[0] = x[1] = 99;
    parts[0] = dist_constant(99);
    expect(&dist, 2, 1.0 / 3);
    expect(&mixture, 2, 1.0 / 3);
}

static void refused(const char *got, const char *expected)
{
    assert_non_null(got);
    assert_string_equal(got, expected);
}

static void wrong_lists_are_refused(void **state)
{
    struct arena *arena = *state;
    struct dist d;
    const double one[] = {1, 1}, minus[] = {1, -1}, huge[] = {1, 1e10}, bad[] = {1, NAN};
    const double zero[] = {0, 0}, rise[] = {0, 1}, fall[] = {2, 1}, giant[] = {1e308, 1e308};
    const double flat[] = {0, 0, 1}, three[] = {1, 2, 3}, late[] = {0.1, 1}, early[] = {0, 0.9};
    static const char range[] = "times must be from 0 to 1e9 s";
    refused(dist_make_empirical(&d, arena, one, NULL, 0), "needs at least one entry");
    refused(dist_make_empirical(&d, arena, minus, NULL, 2), range);
    refused(dist_make_empirical(&d, arena, huge, NULL, 2), range);
    refused(dist_make_empirical(&d, arena, bad, NULL, 2), range);
    refused(dist_make_empirical(&d, arena, one, minus, 2), "weights must not be negative");
    refused(dist_make_empirical(&d, arena, one, bad, 2), "weights must not be negative");
    refused(dist_make_empirical(&d, arena, one, giant, 2), "weights are too large");
    refused(dist_make_empirical(&d, arena, one, zero, 2), "one weight at least must be above 0");
    refused(dist_make_quantiles(&d, arena, rise, one, 1), "needs at least two entries");
    refused(dist_make_quantiles(&d, arena, late, one, 2),
            "must begin with probability 0 and end with 1");
    refused(dist_make_quantiles(&d, arena, early, one, 2),
            "must begin with probability 0 and end with 1");
    refused(dist_make_quantiles(&d, arena, flat, three, 3), "probabilities must rise");
    refused(dist_make_quantiles(&d, arena, rise, fall, 2), "values must not fall");
    refused(dist_make_quantiles(&d, arena, rise, minus, 2), range);
    refused(dist_make_hyperexponential(&d, arena, one, three, 2), "probabilities must sum to 1");
    refused(dist_make_hyperexponential(&d, arena, one, minus, 2), range);
    refused(dist_make_hyperexponential(&d, arena, one, one, 0), "needs at least one entry");
    refused(dist_make_mixture(&d, arena, zero, &d, 1), "one weight at least must be above 0");
    refused(dist_make_mixture(&d, arena, zero, &d, 0), "needs at least one entry");
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
        cmocka_unit_test(rows_are_well_formed),
        cmocka_unit_test(every_kind_without_a_list_has_a_form),
        cmocka_unit_test(what_is_written_is_what_is_meant),
        cmocka_unit_test(no_spread_is_a_constant),
        cmocka_unit_test(a_scale_of_0_is_the_constant_0),
        cmocka_unit_test(values_that_contradict_each_other_are_refused),
        cmocka_unit_test(empirical_values_are_sorted_with_their_weights),
        cmocka_unit_test(the_last_probability_is_1_whatever_the_rounding),
        cmocka_unit_test(tables_are_copies),
        cmocka_unit_test(wrong_lists_are_refused),
    };
    return cmocka_run_group_tests_name("dist_forms", tests, open_arena, close_arena);
}
