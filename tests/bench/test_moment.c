#include "tests/bench/probe.h"

#include "bench/input/moment.c"

#include <time.h>

static void moments_are_exact_nanoseconds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ns;
    } rows[] = {
        {"0", 0},
        {"1.5", 1500000000},
        {"0.000000001", 1},
        {"0.0000000019", 1}, // digits after the ninth are dropped
        {"1587650005.4912045", 1587650005491204500},
        {"9000000000", 9000000000000000000},
        {"1970-01-01 00:00:00", 0},
        {"2023-11-16 18:15:46.6805900", 1700158546680590000},
        {"2023-11-16T18:15:46.68059Z", 1700158546680590000},
        {"2023-11-16T18:15:46.68059+00:00", 1700158546680590000},
        {"2000-02-29 23:59:59", 951868799000000000},
        {"2024-02-29 00:00:00", 1709164800000000000},
        {"2200-12-31 23:59:59.999999999", 7289654399999999999},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t ns = -1;
        const char *wrong = moment_parse(rows[i].text, &ns);
        if (wrong || ns != rows[i].ns) fail_msg("%s: %s %lld", rows[i].text, wrong, (long long)ns);
    }
}

static void days_agree_with_the_system_calendar(void **state)
{
    (void)state;
    for (time_t day = 0; day < 84371; day += 1) { // to the end of 2200
        time_t at = day * 86400;
        struct tm parts;
        char text[32];
        int64_t ns;
        assert_non_null(gmtime_r(&at, &parts));
        assert_true(strftime(text, sizeof text, "%Y-%m-%d 12:00:00", &parts) > 0);
        assert_null(moment_parse(text, &ns));
        assert_int_equal(ns, (day * 86400 + 43200) * SIM_SECOND);
    }
}

static void what_is_no_moment_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "-1",
        "+1",
        "abc",
        "1.",
        ".5",
        "1e3",
        "1 ",
        " 1",
        "NaN",
        "9000000001",
        "99999999999999999999999",
        "2023-02-29 00:00:00",
        "2023-13-01 00:00:00",
        "2023-00-01 00:00:00",
        "2023-01-00 00:00:00",
        "2023-01-32 00:00:00",
        "2100-02-29 00:00:00",
        "1969-12-31 00:00:00",
        "2201-01-01 00:00:00",
        "2023-01-01",
        "2023-01-01 24:00:00",
        "2023-01-01 00:60:00",
        "2023-01-01 00:00:60",
        "2023-01-01 00:00:00.",
        "2023-01-01 00:00:00+01:00",
        "2023-01-01 00:00:00 ",
        "2023-1-1 00:00:00",
        "2023/01/01 00:00:00",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t ns;
        if (!moment_parse(wrong[i], &ns)) fail_msg("accepted: %s", wrong[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_exact_nanoseconds),
        cmocka_unit_test(days_agree_with_the_system_calendar),
        cmocka_unit_test(what_is_no_moment_is_refused),
    };
    return cmocka_run_group_tests_name("moment", tests, NULL, NULL);
}
