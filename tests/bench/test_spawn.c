#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/spawn.c" // the module under test, statics included

#include <stdlib.h>

#define ARGV(...)                                                                                  \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static void a_program_that_works_is_done(void **state)
{
    (void)state;
    struct spawn_message message;
    assert_int_equal(spawn_run(ARGV("sh", "-c", "echo hidden"), 5000, &message), SPAWN_DONE);
    assert_string_equal(message.text, "");
}

static void a_failure_brings_its_message(void **state)
{
    (void)state;
    struct spawn_message message;
    const char *const *argv = ARGV("sh", "-c", "echo no luck >&2; exit 3");
    assert_int_equal(spawn_run(argv, 5000, &message), SPAWN_FAILED);
    assert_string_equal(message.text, "no luck\n");
}

static void a_missing_program_is_not_a_failure_of_it(void **state)
{
    (void)state;
    struct spawn_message message;
    assert_int_equal(spawn_run(ARGV("warmpool-no-such-program"), 5000, &message), SPAWN_MISSING);
}

static void a_program_that_hangs_is_killed(void **state)
{
    (void)state;
    struct spawn_message message;
    long before = now_ms();
    assert_int_equal(spawn_run(ARGV("sleep", "20"), 100, &message), SPAWN_TIMEOUT);
    assert_in_range(now_ms() - before, 100, 5000);
    const char *const *closed = ARGV("sh", "-c", "exec sleep 20 2>&-");
    assert_int_equal(spawn_run(closed, 100, &message), SPAWN_TIMEOUT);
}

static void a_flood_of_messages_is_cut_and_does_not_block(void **state)
{
    (void)state;
    struct spawn_message message;
    const char *const *argv =
        ARGV("sh", "-c",
             "i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done >&2; echo end >&2");
    assert_int_equal(spawn_run(argv, 20000, &message), SPAWN_DONE);
    assert_int_equal(strlen(message.text), sizeof message.text - 1);
    assert_string_equal(message.text + sizeof message.text - 1 - 15, "0123456789\nend\n");
}

static void the_environment_is_chosen(void **state)
{
    (void)state;
    struct spawn_message message;
    setenv("GNUTERM", "x11", 1);
    setenv("LC_NUMERIC", "de_DE.UTF-8", 1);
    const char *const *argv = ARGV("sh", "-c", "echo \"$GNUTERM|$LC_NUMERIC|$LC_ALL\" >&2");
    assert_int_equal(spawn_run(argv, 5000, &message), SPAWN_DONE);
    assert_string_equal(message.text, "||C\n");
}

static void nothing_can_be_read(void **state)
{
    (void)state;
    struct spawn_message message;
    assert_int_equal(spawn_run(ARGV("cat"), 5000, &message), SPAWN_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_that_works_is_done),
        cmocka_unit_test(a_failure_brings_its_message),
        cmocka_unit_test(a_missing_program_is_not_a_failure_of_it),
        cmocka_unit_test(a_program_that_hangs_is_killed),
        cmocka_unit_test(a_flood_of_messages_is_cut_and_does_not_block),
        cmocka_unit_test(the_environment_is_chosen),
        cmocka_unit_test(nothing_can_be_read),
    };
    return cmocka_run_group_tests_name("spawn", tests, NULL, NULL);
}
