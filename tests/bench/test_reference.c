#include "bench/speed/reference.c"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

static void assert_near(double got, double wanted, double tolerance)
{
    if (!(fabs(got - wanted) <= tolerance)) fail_msg("wanted %g, got %g", wanted, got);
}

// A yardstick that computes something else measures nothing.  The tolerances are over five standard
// errors; the seed is fixed.
static void the_loops_know_their_theory(void **state)
{
    (void)state;
    struct reference_answer mm1 = reference_mm1(.5, 1, 1e6);
    assert_near(mm1.answer, 1 / (1 - .5), .03);
    assert_near((double)mm1.requests, .5e6, 4000);
    struct reference_answer busy = reference_pool(&(struct reference_pool_config){9, 2, 600, 1e5});
    assert_near(busy.answer, 18, .15);
    assert_near((double)busy.requests, 9e5, 5000);
}

static void random_words_are_those_of_xoshiro256pp(void **state)
{
    (void)state;
    // From the state 1, 2, 3, 4 the first words are rotl(1 + 4, 23) + 1 and what follows by hand.
    struct random random = {{1, 2, 3, 4}};
    assert_true(next_word(&random) == (UINT64_C(5) << 23) + 1);
    assert_true(random.s[0] == 7 && random.s[1] == 0);
    assert_true(random.s[2] == (UINT64_C(2) ^ (UINT64_C(2) << 17)));
    assert_true(random.s[3] == rotate(6, 45));
}

// Runners end keep_alive after their last request: then the newest one that is left serves.
static void the_newest_idle_runner_serves_until_it_expires(void **state)
{
    (void)state;
    struct hand_pool *pool = calloc(1, sizeof *pool);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(take_idle(pool, 0, 10), i);
    const double ends[] = {5, 7, 1};
    for (uint32_t i = 0; i < 3; i++) {
        pool->idle_since[i] = ends[i];
        set_idle(pool, i);
    }
    assert_int_equal(take_idle(pool, 8, 10), 2);
    pool->idle_since[2] = 8;
    set_idle(pool, 2);
    assert_int_equal(take_idle(pool, 17.5, 10), 2); // 7 + 10 is over, 8 + 10 is not
    assert_int_equal(take_idle(pool, 17.5, 10), 3); // nobody else is left
    free(pool);
}

static void ends_come_in_the_order_of_time(void **state)
{
    (void)state;
    struct hand_pool *pool = calloc(1, sizeof *pool);
    struct random random = random_start();
    for (uint32_t i = 0; i < 1000; i++)
        push_busy(pool, (struct busy){exponential(&random, 1), i});
    for (double last = 0; pool->busy_count > 0; pop_busy(pool)) {
        assert_true(pool->heap[0].at >= last);
        last = pool->heap[0].at;
    }
    free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_loops_know_their_theory),
        cmocka_unit_test(random_words_are_those_of_xoshiro256pp),
        cmocka_unit_test(the_newest_idle_runner_serves_until_it_expires),
        cmocka_unit_test(ends_come_in_the_order_of_time),
    };
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
