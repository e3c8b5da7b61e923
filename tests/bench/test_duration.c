#include "tests/bench/probe.h"

#include "bench/input/duration.c"

#include <math.h>
#include <time.h>

static void durations_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        sim_time ns;
    } rows[] = {
        {"0s", 0},
        {"1ns", 1},
        {"90s", 90000000000},
        {"5m", 300000000000},
        {"2h", 7200000000000},
        {"1h30m", 5400000000000},
        {"250ms", 250000000},
        {"0.1s", 100000000},
        {"0.3us", 300},
        {"2d", 172800000000000},
        {"1.5h", 5400000000000},
        {"1d2h3m4s5ms6us7ns", 93784005006007},
        {"1h0.5s", 3600500000000},
        {"007s", 7000000000},
        {"0.4ns", 0},
        {"0.5ns", 1},
        {"9223372036s", 9223372036000000000},
        {"9223372036.854775806s", 9223372036854775806},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sim_time ns = -1;
        assert_null(duration_parse(rows[i].text, &ns));
        assert_int_equal(ns, rows[i].ns);
    }
}

static void what_is_no_duration_is_refused_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason;
    } rows[] = {
        {"", "empty"},
        {"-5s", "negative"},
        {"5", "unit is missing"},
        {"1.5", "unit is missing"},
        {"s", "like"},
        {"abc", "like"},
        {"+5s", "like"},
        {".5s", "like"},
        {"5.s", "like"},
        {" 5s", "like"},
        {"5 s", "no spaces"},
        {"5s ", "like"},
        {"5S", "units are"},
        {"5sec", "units are"},
        {"5min", "units are"},
        {"1e3s", "units are"},
        {"1m1h", "larger units"},
        {"1s1s", "larger units"},
        {"1.5h30m", "only the last"},
        {"1h30", "unit is missing"},
        {"never", "like"},
        {"inf", "like"},
        {"9223372036.854775807s", "longest"},
        {"106752d", "longest"},
        {"999999999999999999d", "longest"},
        {"1000000000000000000s", "18 digits"},
        {"0.0000000000000000001s", "18 digits"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sim_time ns = -1;
        const char *reason = duration_parse(rows[i].text, &ns);
        if (!reason || !strstr(reason, rows[i].reason))
            fail_msg("%s: %s", rows[i].text, reason ? reason : "accepted");
        assert_int_equal(ns, -1);
    }
}

static void seconds_are_written_shortly(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *text;
    } rows[] = {{0, "0s"},     {1, "1s"},           {90, "1m30s"},          {3600, "1h"},
                {86400, "1d"}, {0.001, "1ms"},      {0.25, "250ms"},        {5e-7, "500ns"},
                {1.5, "1.5s"}, {INFINITY, "never"}, {90061.5, "1d1h1m1.5s"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[DURATION_TEXT];
        assert_string_equal(duration_text(rows[i].seconds, text), rows[i].text);
    }
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    unsigned short seed[3] = {1, 2, (unsigned short)time(NULL)};
    print_message("seed %u\n", seed[2]);
    for (int i = 0; i < 20000; i++) {
        char text[DURATION_TEXT];
        sim_time ns;
        double seconds = floor(erand48(seed) * pow(10, floor(erand48(seed) * 9))) / 1000;
        const char *wrong = duration_parse(duration_text(seconds, text), &ns);
        if (wrong || fabs(sim_seconds(ns) - seconds) > 1e-6) fail_msg("%.9g: %s", seconds, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_exact),
        cmocka_unit_test(what_is_no_duration_is_refused_with_a_reason),
        cmocka_unit_test(seconds_are_written_shortly),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests_name("duration", tests, NULL, NULL);
}
