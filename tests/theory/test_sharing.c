// Q7: one runner that shares its speed among all requests in flight.  With Poisson arrivals the
// mean response is S / (1 - rho) for every distribution of the work with mean S (Kleinrock
// 1976, 4.4).

#include "tests/theory/theory.h"

static void check(const char *name, struct dist service)
{
    struct kit kit = theory_pool(2e5, 1e3, 1, UINT32_MAX, .7, service);
    kit.revisions[0].max_multiplexing = 10000;
    kit.revisions[0].slowdown = (struct slowdown_config){.kind = SLOWDOWN_FACTOR, .factor = 1};
    const struct theory_row rows[] = {
        {"response_mean_s", "app=A", 1 / (1 - .7), .09},
        {"in_flight_mean", "app=A", .7 / (1 - .7), .09},
        {"billed_busy_ratio", "app=A", .7, .01},
    };
    theory_check(&kit, name, 20, rows, 3);
}

static void response_depends_on_the_mean_alone(void **state)
{
    (void)state;
    check("M/M/1-PS .7", theory_exponential(1));
    check("M/D/1-PS .7", dist_constant(1));
    check("M/U/1-PS .7", (struct dist){.kind = DIST_UNIFORM, .a = 0, .b = 2});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(response_depends_on_the_mean_alone),
    };
    return cmocka_run_group_tests_name("sharing", tests, NULL, NULL);
}
