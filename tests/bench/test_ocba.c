#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/experiment/ocba.c"

static const struct ocba_rule smallest = {.smallest = true};

static void near(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance)) fail_msg("expected %.12g, got %.12g", expected, got);
}

// The two allocations of method A9; negated for the largest.
static void shares_are_the_published_ones(void **state)
{
    (void)state;
    static const double three[] = {45.194102, 43.844719, 10.961180};
    static const double five[] = {298.973600, 589.476216, 36.842263, 65.497357, 9.210566};
    for (int sign = 1; sign >= -1; sign -= 2) {
        struct ocba_rule rule = {.smallest = sign == 1};
        struct ocba_system systems[5];
        double shares[5];
        for (int i = 0; i < 3; i++)
            systems[i] = (struct ocba_system){.mean = sign * (i + 1), .sd = 1};
        ocba_shares(&rule, systems, 3, 100, shares);
        for (int i = 0; i < 3; i++)
            near(shares[i], three[i], 6e-7);
        for (int i = 0; i < 5; i++)
            systems[i] = (struct ocba_system){.mean = sign * (i + 1), .sd = i % 2 ? 2 : 1};
        ocba_shares(&rule, systems, 5, 1000, shares);
        for (int i = 0; i < 5; i++)
            near(shares[i], five[i], 5e-6);
    }
}

static void the_next_replications_go_where_the_shares_say(void **state)
{
    (void)state;
    struct ocba_system systems[] = {{1, 1, 10}, {2, 1, 10}, {3, 1, 10}};
    uint32_t more[3];
    // Of 100 in all: 45.19, 43.84, 10.96.
    ocba_next(&smallest, systems, 3, 70, more);
    assert_int_equal(more[0], 35);
    assert_int_equal(more[1], 34);
    assert_int_equal(more[2], 1);
    // Who has more than its share gets none, and the sum stays right.
    systems[2].replications = 60;
    ocba_next(&smallest, systems, 3, 20, more);
    assert_int_equal(more[0] + more[1], 20);
    assert_int_equal(more[2], 0);
    // The others lack 45.19 - 10 and 43.84 - 10 before, and the same after: 1.35 more for the best.
    assert_in_range(more[0], 10, 11);
}

static void a_system_that_never_varied_takes_nothing_and_does_no_harm(void **state)
{
    (void)state;
    struct ocba_system systems[] = {{0, 0, 10}, {5, 2, 10}, {6, 2, 10}};
    double shares[3];
    ocba_shares(&smallest, systems, 3, 100, shares);
    near(shares[0] + shares[1] + shares[2], 100, 1e-9);
    assert_true(shares[0] < 0.1);
    near(shares[1] / shares[2], 36.0 / 25, 1e-9);
    // Nor do systems that are all alike.
    struct ocba_system same[] = {{3, 0, 10}, {3, 0, 10}};
    ocba_shares(&smallest, same, 2, 10, shares);
    near(shares[0], 5, 1e-9);
    near(shares[1], 5, 1e-9);
    uint32_t more[2];
    ocba_next(&smallest, same, 2, 5, more);
    assert_int_equal(more[0], 3);
    assert_int_equal(more[1], 2);
    ocba_shares(&smallest, same, 1, 10, shares);
    near(shares[0], 10, 0);
}

// A tie with the best would take all; with a zone it competes like one that is worse by the zone.
static void the_zone_bounds_what_a_tie_takes(void **state)
{
    (void)state;
    struct ocba_system systems[] = {{1, 1, 10}, {1, 1, 10}, {3, 1, 10}};
    double shares[3];
    ocba_shares(&smallest, systems, 3, 100, shares);
    near(shares[2], 0, 1e-6);
    const struct ocba_rule zoned = {.smallest = true, .zone = 1};
    ocba_shares(&zoned, systems, 3, 100, shares);
    near(shares[1] / shares[2], 4, 1e-9); // (1 / 1)^2 against (1 / 2)^2
}

static void confidence_is_the_bound_of_bonferroni(void **state)
{
    (void)state;
    // Leads of 1 and 2 with variances of 2 / 8: 1 - P(Z > 2) - P(Z > 4).
    struct ocba_system systems[] = {{1, 1, 8}, {2, 1, 8}, {3, 1, 8}};
    near(ocba_confidence(&smallest, systems, 3), 1 - 0.022750131948 - 0.000031671242, 1e-11);
    struct ocba_system certain[] = {{1, 0, 8}, {2, 0, 8}};
    near(ocba_confidence(&smallest, certain, 2), 1, 0);
    struct ocba_system tied[] = {{1, 0, 8}, {1, 0, 8}};
    near(ocba_confidence(&smallest, tied, 2), 0.5, 0);
    assert_int_equal(ocba_best(&smallest, systems, 3), 0);
    const struct ocba_rule largest = {0};
    assert_int_equal(ocba_best(&largest, systems, 3), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_the_published_ones),
        cmocka_unit_test(the_next_replications_go_where_the_shares_say),
        cmocka_unit_test(a_system_that_never_varied_takes_nothing_and_does_no_harm),
        cmocka_unit_test(the_zone_bounds_what_a_tie_takes),
        cmocka_unit_test(confidence_is_the_bound_of_bonferroni),
    };
    return cmocka_run_group_tests_name("ocba", tests, NULL, NULL);
}
