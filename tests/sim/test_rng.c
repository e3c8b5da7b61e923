#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/rng.c"

#include <math.h>
#include <stdlib.h>

static void philox_gives_the_published_words(void **state)
{
    (void)state;
    static const struct {
        uint64_t counter[4], key[2], out[4];
    } rows[] = {
        {{0, 0, 0, 0},
         {0, 0},
         {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}},
        {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
         {UINT64_MAX, UINT64_MAX},
         {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}},
        {{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
         {0x452821e638d01377, 0xbe5466cf34e90c6c},
         {0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t out[4];
        philox4x64_10(rows[i].counter, rows[i].key, out);
        assert_memory_equal(out, rows[i].out, sizeof out);
    }
}

static void the_first_uniform_of_the_zero_block_is_known(void **state)
{
    (void)state;
    struct rng_stream stream;
    rng_stream_open(&stream, 0, 0, 0);
    // The reference puts the half on the 53rd bit, which differs by half a step of 2^-53.
    assert_true(fabs(rng_uniform(&stream, 0) - 0.0872391235991124) < 0x1p-53);
}

static void uniforms_are_never_0_or_1_and_neither_are_their_complements(void **state)
{
    (void)state;
    static const uint64_t words[] = {0, 1, UINT64_MAX, UINT64_MAX - 2048, UINT64_C(1) << 63};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        double u = rng_to_uniform(words[i]);
        assert_true(u > 0 && u < 1 && 1 - u > 0 && 1 - u < 1);
        assert_true(1 - (1 - u) == u); // the subtraction loses nothing
    }
    assert_true(rng_to_uniform(0) == 0x1p-53);
    assert_true(rng_to_uniform(UINT64_MAX) == 1 - 0x1p-53);
}

static void a_word_does_not_depend_on_what_was_asked_before(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    struct rng_stream up, down, jumping;
    rng_stream_open(&up, 42, 3, 9);
    rng_stream_open(&down, 42, 3, 9);
    rng_stream_open(&jumping, 42, 3, 9);
    uint64_t words[COUNT];
    for (uint64_t i = 0; i < COUNT; i++)
        words[i] = rng_word(&up, i);
    for (uint64_t i = COUNT; i-- > 0;)
        assert_true(rng_word(&down, i) == words[i]);
    for (uint64_t i = 0; i < COUNT; i++)
        assert_true(rng_word(&jumping, i * 611 % COUNT) == words[i * 611 % COUNT]);
}

static void a_batch_has_the_words_of_single_draws(void **state)
{
    (void)state;
    struct rng_stream batches, single;
    rng_stream_open(&batches, 3, 4, 5);
    rng_stream_open(&single, 3, 4, 5);
    for (uint64_t first = 0; first < 200; first += 13) { // at the start of a block and within one
        uint64_t words[RNG_BATCH];
        rng_words(&batches, first, words);
        for (uint64_t i = 0; i < RNG_BATCH; i++)
            assert_int_equal(words[i], rng_word(&single, first + i));
    }
}

static void a_word_is_the_block_of_its_address(void **state)
{
    (void)state;
    struct rng_stream stream;
    rng_stream_open(&stream, 11, 22, 33);
    uint64_t words[4], draws[4];
    const uint64_t key[2] = {11, 22};
    philox4x64_10((const uint64_t[4]){5, 0, 33, 0}, key, words);
    philox4x64_10((const uint64_t[4]){1, 77, 33, 1}, key, draws);
    for (uint64_t i = 0; i < 4; i++)
        assert_true(rng_word(&stream, 20 + i) == words[i]);
    struct rng_draws of_entity = rng_draws_of(&stream, 77);
    for (uint64_t i = 0; i < 4; i++)
        (void)rng_next(&of_entity);
    for (uint64_t i = 0; i < 4; i++)
        assert_true(rng_next(&of_entity) == draws[i]);
}

static void the_largest_index_works_in_a_fresh_stream(void **state)
{
    (void)state;
    struct rng_stream stream;
    rng_stream_open(&stream, 1, 2, 3);
    uint64_t out[4];
    philox4x64_10((const uint64_t[4]){UINT64_MAX >> 2, 0, 3, 0}, (const uint64_t[2]){1, 2}, out);
    assert_true(rng_word(&stream, UINT64_MAX) == out[3]);
}

static int compare_words(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

// In 64 bits, 24000 different addresses share a value with a chance of 1.6e-11.
static void the_two_address_spaces_and_all_keys_are_disjoint(void **state)
{
    (void)state;
    enum { EACH = 4000 };
    static uint64_t all[6 * EACH];
    size_t count = 0;
    static const uint64_t keys[4][3] = {{1, 0, 0}, {2, 0, 0}, {1, 1, 0}, {1, 0, 1}};
    for (size_t k = 0; k < 4; k++) {
        struct rng_stream stream;
        rng_stream_open(&stream, keys[k][0], keys[k][1], keys[k][2]);
        for (uint64_t i = 0; i < EACH; i++)
            all[count++] = rng_word(&stream, i);
    }
    struct rng_stream stream;
    rng_stream_open(&stream, 1, 0, 0);
    struct rng_draws zero = rng_draws_of(&stream, 0);
    for (uint64_t i = 0; i < EACH; i++) {
        struct rng_draws draws = rng_draws_of(&stream, i + 1);
        all[count++] = rng_next(&draws);
        all[count++] = rng_next(&zero);
    }
    qsort(all, count, sizeof *all, compare_words);
    for (size_t i = 1; i < count; i++)
        assert_true(all[i] != all[i - 1]);
}

static double correlation(struct rng_stream *a, struct rng_stream *b, uint64_t n)
{
    double sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += (rng_uniform(a, i) - 0.5) * (rng_uniform(b, i) - 0.5);
    return 12 * sum / (double)n;
}

static void neighbouring_streams_and_replications_do_not_correlate(void **state)
{
    (void)state;
    const uint64_t n = 100000;
    double limit = 5 / sqrt((double)n);
    for (uint64_t s = 0; s < 20; s++) {
        struct rng_stream here, next, replication, seed;
        rng_stream_open(&here, 42, 0, s);
        rng_stream_open(&next, 42, 0, s + 1);
        rng_stream_open(&replication, 42, 1, s);
        rng_stream_open(&seed, 43, 0, s);
        assert_true(fabs(correlation(&here, &next, n)) < limit);
        assert_true(fabs(correlation(&here, &replication, n)) < limit);
        assert_true(fabs(correlation(&here, &seed, n)) < limit);
    }
}

static void gsl_sees_the_same_words(void **state)
{
    (void)state;
    struct rng_stream stream;
    rng_stream_open(&stream, 7, 0, 1);
    struct rng_draws seen = rng_draws_of(&stream, 5), plain = rng_draws_of(&stream, 5);
    struct rng_gsl view = rng_gsl_view(&seen);
    assert_int_equal(gsl_rng_min(&view.rng), 0);
    assert_true(gsl_rng_max(&view.rng) == UINT64_MAX);
    assert_string_equal(gsl_rng_name(&view.rng), "philox4x64");
    for (int i = 0; i < 100; i++) {
        assert_true(gsl_rng_get(&view.rng) == rng_next(&plain));
        assert_true(gsl_rng_uniform(&view.rng) == rng_to_uniform(rng_next(&plain)));
    }
    assert_int_equal(seen.next, 200);
}

static void gsl_can_own_and_reseed_a_generator(void **state)
{
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(rng_gsl_philox4x64);
    struct rng_stream stream;
    rng_stream_open(&stream, 99, 0, 0);
    for (int again = 0; again < 2; again++) {
        struct rng_draws expected = rng_draws_of(&stream, 0);
        gsl_rng_set(rng, 99);
        for (int i = 0; i < 5; i++)
            assert_true(gsl_rng_get(rng) == rng_next(&expected));
    }
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_words),
        cmocka_unit_test(the_first_uniform_of_the_zero_block_is_known),
        cmocka_unit_test(uniforms_are_never_0_or_1_and_neither_are_their_complements),
        cmocka_unit_test(a_word_does_not_depend_on_what_was_asked_before),
        cmocka_unit_test(a_batch_has_the_words_of_single_draws),
        cmocka_unit_test(a_word_is_the_block_of_its_address),
        cmocka_unit_test(the_largest_index_works_in_a_fresh_stream),
        cmocka_unit_test(the_two_address_spaces_and_all_keys_are_disjoint),
        cmocka_unit_test(neighbouring_streams_and_replications_do_not_correlate),
        cmocka_unit_test(gsl_sees_the_same_words),
        cmocka_unit_test(gsl_can_own_and_reseed_a_generator),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
