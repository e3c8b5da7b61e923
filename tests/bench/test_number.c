#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/number.c" // the module under test, statics included

static void a_foreign_decimal_point_becomes_a_point(void **state)
{
    (void)state;
    char comma[] = "-1,5e-07",
         arabic[] = "3\xd9\xab"
                    "14",
         none[] = "12";
    set_point(comma);
    set_point(arabic);
    set_point(none);
    assert_string_equal(comma, "-1.5e-07");
    assert_string_equal(arabic, "3.14");
    assert_string_equal(none, "12");
}

#define EXPECT(call, expected) assert_string_equal((call).text, (expected))

static void fixed_numbers_have_separators(void **state)
{
    (void)state;
    EXPECT(number_fixed(0, 0), "0");
    EXPECT(number_fixed(999, 0), "999");
    EXPECT(number_fixed(1000, 0), "1,000");
    EXPECT(number_fixed(-1234567.891, 2), "-1,234,567.89");
    EXPECT(number_fixed(999999.96, 1), "1,000,000.0");
    EXPECT(number_fixed(-0.04, 1), "0.0");
    EXPECT(number_fixed(1e18, 2), "1e+18");
    EXPECT(number_fixed(NAN, 2), "n/a");
}

static void short_numbers_have_four_digits(void **state)
{
    (void)state;
    EXPECT(number_short(30), "30");
    EXPECT(number_short(0.0123456), "0.01235");
    EXPECT(number_short(41.234), "41.23");
    EXPECT(number_short(0.9), "0.9");
    EXPECT(number_short(37.40001), "37.4");
    EXPECT(number_short(1.00001), "1");
    EXPECT(number_short(9999.7), "10,000");
    EXPECT(number_short(1234567.4), "1,234,567");
    EXPECT(number_short(1.5e-7), "1.50e-07");
    EXPECT(number_short(-INFINITY), "n/a");
}

static void decimals_follow_the_scale(void **state)
{
    (void)state;
    assert_int_equal(number_decimals(1.1, 2), 1);
    assert_int_equal(number_decimals(0.0123, 2), 3);
    assert_int_equal(number_decimals(9.96, 2), 0);
    assert_int_equal(number_decimals(123, 2), 0);
    assert_int_equal(number_decimals(0, 2), 0);
    assert_int_equal(number_decimals(1e-30, 2), 9);
    assert_int_equal(number_decimals(NAN, 2), 0);
}

static void durations_suit_people(void **state)
{
    (void)state;
    EXPECT(number_duration(0), "0 s");
    EXPECT(number_duration(0.0123), "12.3 ms");
    EXPECT(number_duration(1.5), "1.50 s");
    EXPECT(number_duration(41.23), "41.2 s");
    EXPECT(number_duration(90), "90 s");
    EXPECT(number_duration(125), "2m 5.0s");
    EXPECT(number_duration(179.99), "3m");
    EXPECT(number_duration(1200), "20m");
    EXPECT(number_duration(3600), "1h");
    EXPECT(number_duration(5400), "1h 30m");
    EXPECT(number_duration(7199), "2h");
    EXPECT(number_duration(52 * 3600.0), "2d 4h");
    EXPECT(number_duration(-41.23), "-41.2 s");
    EXPECT(number_duration(NAN), "n/a");
}

static void money_keeps_three_digits_of_small_change(void **state)
{
    (void)state;
    EXPECT(number_usd(0), "$0");
    EXPECT(number_usd(0.01234), "$0.0123");
    EXPECT(number_usd(0.0000567), "$0.0000567");
    EXPECT(number_usd(12.345678), "$12.35");
    EXPECT(number_usd(1234.5), "$1,234");
    EXPECT(number_usd(-2.5), "-$2.50");
    EXPECT(number_usd(NAN), "n/a");
}

static void percent_shows_the_nines_and_never_rounds_to_all(void **state)
{
    (void)state;
    EXPECT(number_percent(0), "0 %");
    EXPECT(number_percent(1), "100 %");
    EXPECT(number_percent(0.432), "43.2 %");
    EXPECT(number_percent(0.5), "50.0 %");
    EXPECT(number_percent(0.9953), "99.53 %");
    EXPECT(number_percent(0.999953), "99.9953 %");
    EXPECT(number_percent(0.00123), "0.12 %");
    EXPECT(number_percent(1.5), "150.0 %");
    EXPECT(number_percent(-0.25), "-25.0 %");
    EXPECT(number_percent(NAN), "n/a");
}

static void nines_are_counted_from_90_percent(void **state)
{
    (void)state;
    EXPECT(number_nines(0.999867), "99.987 % (3.88 nines)"); // method A8
    EXPECT(number_nines(0.9999), "99.990 % (4.00 nines)");
    EXPECT(number_nines(0.9), "90.0 % (1.00 nines)");
    EXPECT(number_nines(0.899), "89.9 %");
    EXPECT(number_nines(1), "100 %");
    EXPECT(number_nines(NAN), "n/a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_foreign_decimal_point_becomes_a_point),
        cmocka_unit_test(fixed_numbers_have_separators),
        cmocka_unit_test(short_numbers_have_four_digits),
        cmocka_unit_test(decimals_follow_the_scale),
        cmocka_unit_test(durations_suit_people),
        cmocka_unit_test(money_keeps_three_digits_of_small_change),
        cmocka_unit_test(percent_shows_the_nines_and_never_rounds_to_all),
        cmocka_unit_test(nines_are_counted_from_90_percent),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
