#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/hist.c"
#include "sim/rng.h"

#include <stdlib.h>

static struct hist hist, other; // too large for the stack of a careful program

static void add_all(struct hist *to, const sim_time *values, size_t count)
{
    hist_reset(to);
    for (size_t i = 0; i < count; i++)
        hist_add(to, values[i]);
}

static sim_time quantile_ns(double q)
{
    return sim_from_seconds(hist_quantile(&hist, q));
}

static void buckets_tile_all_times_without_gap(void **state)
{
    (void)state;
    uint64_t next = 0;
    for (uint32_t i = 0; i < HIST_BUCKETS; i++) {
        struct span span = span_of(i);
        assert_true(span.low == next && span.width > 0);
        assert_int_equal(hist_bucket((sim_time)span.low), i);
        assert_int_equal(hist_bucket((sim_time)(span.low + span.width - 1)), i);
        next = span.low + span.width;
    }
    assert_true(next == UINT64_C(1) << 63);
    assert_true(sizeof(struct hist) < 65536);
}

static void below_128_ns_every_value_is_exact(void **state)
{
    (void)state;
    hist_reset(&hist);
    for (sim_time t = 0; t < 128; t++)
        hist_add(&hist, t);
    for (int i = 1; i <= 128; i++)
        assert_true(quantile_ns(i / 128.0) == i - 1);
}

static int compare_times(const void *left, const void *right)
{
    const sim_time *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void quantiles_are_within_the_promised_error_at_all_magnitudes(void **state)
{
    (void)state;
    enum { COUNT = 4000 };
    static sim_time values[COUNT];
    const uint64_t seed = 12;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct rng_stream stream;
    rng_stream_open(&stream, seed, 0, 0);
    for (uint64_t i = 0; i < COUNT; i++)
        values[i] = (sim_time)(rng_word(&stream, 2 * i) >> (1 + rng_word(&stream, 2 * i + 1) % 63));
    add_all(&hist, values, COUNT);
    qsort(values, COUNT, sizeof *values, compare_times);
    for (uint64_t i = 1; i <= COUNT; i++) {
        double exact = sim_seconds(values[i - 1]);
        double got = hist_quantile(&hist, (double)i / COUNT);
        if (fabs(got - exact) > exact * HIST_RELATIVE_ERROR * (1 + 1e-12))
            fail_msg("rank %d: expected %.17g, got %.17g", (int)i, exact, got);
    }
    assert_true(hist_quantile(&hist, 0) == sim_seconds(values[0]));
    assert_true(hist_quantile(&hist, 1) == sim_seconds(values[COUNT - 1]));
}

static void a_quantile_is_the_smallest_value_with_enough_at_or_below(void **state)
{
    (void)state;
    static const sim_time values[] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
    add_all(&hist, values, 10);
    static const struct {
        double q;
        sim_time value;
    } rows[] = {
        {0, 10},    {0.05, 10}, {0.1, 10}, {0.1001, 20}, {0.3, 30}, {0.5, 50},
        {0.51, 60}, {0.7, 70},  {0.9, 90}, {0.91, 100},  {1, 100},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(quantile_ns(rows[i].q) == rows[i].value);
}

// 0.07 * 100 is 7.000000000000001 in doubles.
static void rounding_does_not_move_a_rank(void **state)
{
    (void)state;
    for (uint64_t count = 10; count <= 100000; count *= 10)
        for (uint64_t i = 1; i <= count; i += count / 10 - count / 100 + 1)
            assert_true(rank_of((double)i / (double)count, count) == i);
    assert_int_equal(rank_of(0.07, 100), 7);
    assert_int_equal(rank_of(0.0701, 100), 8);
}

static void the_extremes_are_exact_inside_wide_buckets(void **state)
{
    (void)state;
    static const sim_time values[] = {1000003, 1500000, 2007000}; // low and high in their buckets
    add_all(&hist, values, 3);
    assert_true(quantile_ns(0) == 1000003 && quantile_ns(0.33) == 1000003);
    assert_true(quantile_ns(0.67) == 2007000 && quantile_ns(1) == 2007000);
}

static void nothing_has_no_quantile_mean_or_share(void **state)
{
    (void)state;
    hist_reset(&hist);
    assert_true(isnan(hist_quantile(&hist, 0.5)));
    assert_true(isnan(hist_mean(&hist)));
    assert_true(isnan(hist_share_at_most(&hist, 1)));
}

static void one_value_is_all_quantiles(void **state)
{
    (void)state;
    static const sim_time values[] = {123456789012345};
    add_all(&hist, values, 1);
    for (double q = 0; q <= 1; q += 0.125)
        assert_true(hist_quantile(&hist, q) == 123456.789012345);
}

static void the_mean_is_exact_past_64_bits(void **state)
{
    (void)state;
    hist_reset(&hist);
    for (int i = 0; i < 100; i++)
        hist_add(&hist, SIM_NEVER);
    assert_true(hist.sum == (sim_wide)SIM_NEVER * 100);
    assert_true(fabs(hist_mean(&hist) / sim_seconds(SIM_NEVER) - 1) < 1e-15);
    static const sim_time values[] = {1, 2, 4};
    add_all(&hist, values, 3);
    assert_true(hist_mean(&hist) == 7e-9 / 3);
}

static void merging_equals_adding_all(void **state)
{
    (void)state;
    static struct hist all;
    struct rng_stream stream;
    rng_stream_open(&stream, 5, 0, 0);
    hist_reset(&hist);
    hist_reset(&other);
    hist_reset(&all);
    hist_merge(&all, &hist); // empty into empty
    for (uint64_t i = 0; i < 3000; i++) {
        sim_time value = (sim_time)(rng_word(&stream, i) >> (1 + i % 60));
        hist_add(i % 3 ? &hist : &other, value);
        hist_add(&all, value);
    }
    hist_merge(&hist, &other);
    assert_true(all.count == hist.count && all.sum == hist.sum);
    assert_true(all.min == hist.min && all.max == hist.max);
    assert_memory_equal(all.buckets, hist.buckets, sizeof all.buckets);
}

// The smallest value, the largest and those of the first bucket may come from either of the two.
static void merging_takes_the_extremes_of_both(void **state)
{
    (void)state;
    static const sim_time low[] = {0, 0, 70}, high[] = {5, 900};
    for (int i = 0; i < 2; i++) {
        add_all(i ? &other : &hist, low, 3);
        add_all(i ? &hist : &other, high, 2);
        hist_merge(&hist, &other);
        assert_true(hist.count == 5 && hist.sum == 975);
        assert_true(hist.min == 0 && hist.max == 900);
        assert_true(quantile_ns(0.4) == 0 && quantile_ns(0.6) == 5 && quantile_ns(0.8) == 70);
    }
}

static void the_share_at_most_is_exact_for_small_times_and_rises(void **state)
{
    (void)state;
    static const sim_time values[] = {10, 20, 20, 100000, 200000};
    add_all(&hist, values, 5);
    assert_true(hist_share_at_most(&hist, -1) == 0);
    assert_true(hist_share_at_most(&hist, 9) == 0);
    assert_true(hist_share_at_most(&hist, 10) == 0.2);
    assert_true(hist_share_at_most(&hist, 20) == 0.6);
    assert_true(hist_share_at_most(&hist, 150000) == 0.8);
    assert_true(hist_share_at_most(&hist, 199999) < 1);
    assert_true(hist_share_at_most(&hist, 200000) == 1);
    assert_true(hist_share_at_most(&hist, SIM_NEVER) == 1);
    static const sim_time zeros[] = {0, 0, 5};
    add_all(&other, zeros, 3);
    assert_true(hist_share_at_most(&other, 0) == 2. / 3);
    assert_true(hist_share_at_most(&other, 4) == 2. / 3);
    double before = 0;
    for (sim_time t = 0; t < 210000; t += 7) {
        double share = hist_share_at_most(&hist, t);
        assert_true(share >= before && share <= 1);
        before = share;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buckets_tile_all_times_without_gap),
        cmocka_unit_test(below_128_ns_every_value_is_exact),
        cmocka_unit_test(quantiles_are_within_the_promised_error_at_all_magnitudes),
        cmocka_unit_test(a_quantile_is_the_smallest_value_with_enough_at_or_below),
        cmocka_unit_test(rounding_does_not_move_a_rank),
        cmocka_unit_test(the_extremes_are_exact_inside_wide_buckets),
        cmocka_unit_test(nothing_has_no_quantile_mean_or_share),
        cmocka_unit_test(one_value_is_all_quantiles),
        cmocka_unit_test(the_mean_is_exact_past_64_bits),
        cmocka_unit_test(merging_equals_adding_all),
        cmocka_unit_test(merging_takes_the_extremes_of_both),
        cmocka_unit_test(the_share_at_most_is_exact_for_small_times_and_rises),
    };
    return cmocka_run_group_tests_name("hist", tests, NULL, NULL);
}
