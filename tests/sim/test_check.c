#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/check.c"
#include "tests/sim/crash.h"

static void fail_in_a_run(void *argument)
{
    const struct check_context *context = argument;
    check_set_context(context);
    check_failed("on_service_done", "models/service.c", 212, "runner->in_flight > 0");
}

static void check_two_and_two(void *argument)
{
    const int *sum = argument;
    SIM_CHECK(*sum == 4);
}

static void the_crash_line_says_where_the_simulation_was(void **state)
{
    (void)state;
    const sim_time now = 93512000000;
    const uint64_t sequence = 48211;
    const char *const name = "service_done";
    struct check_context context = {
        .now = &now,
        .event = &name,
        .sequence = &sequence,
        .seed = 0x9bec8a16f0aa802a,
        .replication = 7,
    };
    struct crash crash = crash_of(fail_in_a_run, &context);
    assert_int_equal(crash.signal, SIGABRT);
    assert_string_equal(crash.text,
                        "warmpool: BUG at 93.512s in on_service_done (service.c:212): "
                        "runner->in_flight > 0; event service_done #48211, replication 7, "
                        "seed 0x9bec8a16f0aa802a\n");
}

static void before_the_first_event_there_is_no_event_to_name(void **state)
{
    (void)state;
    const sim_time now = 0;
    const uint64_t sequence = 0;
    struct check_context context = {.now = &now, .sequence = &sequence, .seed = 42};
    struct crash crash = crash_of(fail_in_a_run, &context);
    assert_string_equal(crash.text, "warmpool: BUG at 0s in on_service_done (service.c:212): "
                                    "runner->in_flight > 0; event none #0, replication 0, "
                                    "seed 0x000000000000002a\n");
}

static void outside_a_run_the_line_has_only_the_place(void **state)
{
    (void)state;
    struct crash crash = crash_of(fail_in_a_run, NULL);
    assert_int_equal(crash.signal, SIGABRT);
    assert_string_equal(crash.text, "warmpool: BUG in on_service_done (service.c:212): "
                                    "runner->in_flight > 0\n");
}

static void a_check_that_holds_does_nothing(void **state)
{
    (void)state;
    int sum = 4;
    struct crash crash = crash_of(check_two_and_two, &sum);
    assert_int_equal(crash.signal, 0);
    assert_int_equal(crash.status, 0);
    assert_string_equal(crash.text, "");
    sum = 5;
    crash = crash_of(check_two_and_two, &sum);
    assert_true(crash_is_bug(&crash, "*sum == 4"));
}

static void times_keep_every_nanosecond_and_no_needless_zero(void **state)
{
    (void)state;
    static const struct {
        sim_time t;
        const char *text;
    } rows[] = {
        {0, "0"},
        {1, "0.000000001"},
        {500000000, "0.5"},
        {10 * SIM_SECOND, "10"},
        {93512000000, "93.512"},
        {SIM_NEVER, "9223372036.854775807"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[32];
        print_time(text, sizeof text, rows[i].t);
        assert_string_equal(text, rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_crash_line_says_where_the_simulation_was),
        cmocka_unit_test(before_the_first_event_there_is_no_event_to_name),
        cmocka_unit_test(outside_a_run_the_line_has_only_the_place),
        cmocka_unit_test(a_check_that_holds_does_nothing),
        cmocka_unit_test(times_keep_every_nanosecond_and_no_needless_zero),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
