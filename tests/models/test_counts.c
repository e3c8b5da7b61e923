#include "models/counts.c"

#include "tests/kit.h"

static const sim_time minute = 60 * SIM_SECOND;

static struct source open_source(const struct traffic_config *c)
{
    struct source s = {.config = c};
    rng_stream_open(&s.arrival, 42, 0, 1);
    return s;
}

static struct traffic_config minutes(const uint32_t *counts, uint32_t bins, bool even)
{
    return (struct traffic_config){
        .kind = ARRIVAL_COUNTS,
        .counts = {.counts = counts, .bins = bins, .width = 60 * SIM_SECOND, .even = even}};
}

static void expect(struct source *s, const double *times_s, size_t count)
{
    for (size_t i = 0; i < count; i++)
        kit_near(sim_seconds(counts_next(s)), times_s[i], 1e-9, "arrival");
    assert_true(counts_next(s) == SIM_NEVER);
    assert_true(counts_next(s) == SIM_NEVER);
}

// T2: two in the first minute, none, three, one.
static void even_arrivals_by_hand(void **state)
{
    (void)state;
    static const uint32_t counts[] = {2, 0, 3, 1};
    struct traffic_config c = minutes(counts, 4, true);
    struct source s = open_source(&c);
    expect(&s, (const double[]){15, 45, 130, 150, 170, 210}, 6);
    c.counts.offset = 5 * SIM_SECOND;
    c.from = 136 * SIM_SECOND; // after the first of the third minute
    s = open_source(&c);
    expect(&s, (const double[]){155, 175, 215}, 3);
    c.counts.width = 6 * SIM_SECOND;
    c.from = 0;
    s = open_source(&c);
    expect(&s, (const double[]){6.5, 9.5, 18, 20, 22, 26}, 6);
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

// T2: in each minute as many as counted, in order; over 3000 minutes of 7 their places are uniform:
// Kolmogorov's bound of 1e-6, seed 42.  That they are independent shows in the smallest of the
// seven: mean 1/8, variance 7 / (64 x 9), 4.5 standard errors.
static void random_arrivals_are_uniform_in_their_minute(void **state)
{
    (void)state;
    enum { BINS = 3000, EACH = 7, ALL = BINS * EACH };
    static uint32_t counts[BINS];
    static double places[ALL];
    double first = 0, worst = 0;
    for (int i = 0; i < BINS; i++)
        counts[i] = EACH;
    struct traffic_config c = minutes(counts, BINS, false);
    struct source s = open_source(&c);
    sim_time before = 0;
    for (int i = 0; i < ALL; i++) {
        sim_time at = counts_next(&s);
        assert_true(at >= before && at / minute == i / EACH);
        places[i] = sim_seconds(at % minute) / 60;
        if (i % EACH == 0) first += places[i] / BINS;
        before = at;
    }
    assert_true(counts_next(&s) == SIM_NEVER);
    kit_near(first, .125, 4.5 * sqrt(7. / 576 / BINS), "the first of seven");
    qsort(places, ALL, sizeof *places, by_value);
    for (int i = 0; i < ALL; i++)
        worst = fmax(worst, fmax(places[i] - (double)i / ALL, (double)(i + 1) / ALL - places[i]));
    assert_true(worst * sqrt(ALL) < 2.693);
}

// O2: another count of one minute moves nothing in the others.
static void minutes_keep_their_arrivals(void **state)
{
    (void)state;
    static const uint32_t few[] = {5, 3, 5}, many[] = {5, 400, 5};
    struct traffic_config a = minutes(few, 3, false), b = minutes(many, 3, false);
    struct source s = open_source(&a), t = open_source(&b);
    for (int i = 0; i < 5; i++)
        assert_true(counts_next(&s) == counts_next(&t));
    for (int i = 0; i < 3; i++)
        counts_next(&s);
    for (int i = 0; i < 400; i++)
        counts_next(&t);
    for (int i = 0; i < 6; i++)
        assert_true(counts_next(&s) == counts_next(&t));
}

// O2: `from` cuts, and moves nothing.
static void the_window_cuts_a_minute(void **state)
{
    (void)state;
    static const uint32_t counts[] = {4, 50};
    struct traffic_config c = minutes(counts, 2, false), cut = c;
    cut.from = 90 * SIM_SECOND;
    struct source s = open_source(&c), t = open_source(&cut);
    int kept = 0;
    for (int i = 0; i < 54; i++) {
        sim_time at = counts_next(&s);
        if (at < cut.from) continue;
        assert_true(counts_next(&t) == at);
        kept++;
    }
    assert_true(kept > 10 && kept < 40);
    assert_true(counts_next(&t) == SIM_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_arrivals_by_hand),
        cmocka_unit_test(random_arrivals_are_uniform_in_their_minute),
        cmocka_unit_test(minutes_keep_their_arrivals),
        cmocka_unit_test(the_window_cuts_a_minute),
    };
    return cmocka_run_group_tests_name("counts", tests, NULL, NULL);
}
