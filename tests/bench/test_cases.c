#include "bench/speed/cases.c"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static void names_are_unique_and_rates_are_those_of_the_pools(void **state)
{
    (void)state;
    size_t pools = 0;
    for (const struct speed_case *c = speed_cases; c->name; c++) {
        for (const struct speed_case *d = speed_cases; d != c; d++)
            assert_string_not_equal(c->name, d->name);
        assert_true(c->horizon_s > 0);
        if (c->reference != REFERENCE_POOL) continue;
        // About as many requests in each, so that their costs compare; the name has the busy ones.
        assert_true(c->rate_per_s * c->horizon_s == 9e5);
        assert_int_equal(strncmp(c->name, "pool-", 5), 0);
        pools++;
    }
    assert_int_equal(pools, 5);
}

static void the_pool_is_what_the_reference_loop_knows(void **state)
{
    (void)state;
    assert_non_null(strstr(pool, "\"mean\":\"1.991s\""));
    assert_non_null(strstr(pool, "\"keep_alive\":\"600s\""));
    assert_true(SPEED_SERVICE_S == 1.991 && SPEED_KEEP_ALIVE_S == 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique_and_rates_are_those_of_the_pools),
        cmocka_unit_test(the_pool_is_what_the_reference_loop_knows),
    };
    return cmocka_run_group_tests_name("cases", tests, NULL, NULL);
}
