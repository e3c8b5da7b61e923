#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/exponential.h"
#include "sim/rng.h"

#include <math.h>

enum { WORDS = 1000000, SEED = 20261126 };

// Words of all sizes and of all distances from the greatest, so that both tails are met.
static uint64_t word_at(struct rng_stream *stream, uint64_t i)
{
    uint64_t word = rng_word(stream, i);
    if (i % 3 == 1) return word >> i % 60;
    if (i % 3 == 2) return ~(word >> i % 60);
    return word;
}

static struct rng_stream words_of_the_test(void)
{
    struct rng_stream stream;
    print_message("seed %d\n", SEED);
    rng_stream_open(&stream, SEED, 0, 0);
    return stream;
}

static void the_logarithm_is_within_one_last_place(void **state)
{
    (void)state;
    struct rng_stream stream = words_of_the_test();
    for (uint64_t i = 0; i < WORDS; i++) {
        uint64_t word = i == 0 ? 0 : i == 1 ? UINT64_MAX : word_at(&stream, i);
        double found = exponential_unit(word);
        long double exact = -logl(1 - (long double)rng_to_uniform(word));
        double place = nextafter((double)exact, INFINITY) - (double)exact;
        assert_true(found > 0 && found < EXPONENTIAL_MOST);
        if (fabsl((long double)found - exact) >= (long double)place)
            fail_msg("word %#llx: %a", (unsigned long long)word, found);
    }
}

static void powers_of_two_are_exact_multiples(void **state)
{
    (void)state;
    for (int k = 1; k < 1000; k++) {
        assert_true(exponential_log(ldexp(1, -k)) == -log(ldexp(1, k)));
        assert_true(exponential_log(ldexp(1, k)) == log(ldexp(1, k)));
    }
    assert_true(exponential_log(1) == 0);
}

// Common random numbers live from it: a greater word gives no shorter time.
static void it_rises_with_the_word(void **state)
{
    (void)state;
    struct rng_stream stream = words_of_the_test();
    for (uint64_t i = 0; i < WORDS; i++) {
        uint64_t word = word_at(&stream, i);
        if (word > UINT64_MAX - 4096) continue;
        assert_true(exponential_unit(word + 4096) >= exponential_unit(word)); // the next cell
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_logarithm_is_within_one_last_place),
        cmocka_unit_test(powers_of_two_are_exact_multiples),
        cmocka_unit_test(it_rises_with_the_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
