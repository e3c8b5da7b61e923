#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/running.c"

static void the_worse_status_wins(void **state)
{
    (void)state;
    static const enum status order[] = {STATUS_FAILED, STATUS_INVALID,   STATUS_INTERRUPTED,
                                        STATUS_MISSED, STATUS_UNDECIDED, STATUS_OK};
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            assert_int_equal(running_worse(order[i], order[j]), order[i < j ? i : j]);
}

static void a_name_is_the_file_without_folder_and_ending(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"scenarios/burst.json", "burst"},
                                          {"burst.json", "burst"},
                                          {"a.b/c", "c"},
                                          {".json", ".json"},
                                          {"-", "-"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[64];
        running_name(name, sizeof name, rows[i][0]);
        assert_string_equal(name, rows[i][1]);
    }
}

static void threads_are_those_asked_for_or_the_cores(void **state)
{
    (void)state;
    const struct options seven = {.threads = 7}, none = {0};
    assert_int_equal(running_threads(&seven), 7);
    assert_true(running_threads(&none) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worse_status_wins),
        cmocka_unit_test(a_name_is_the_file_without_folder_and_ending),
        cmocka_unit_test(threads_are_those_asked_for_or_the_cores),
    };
    return cmocka_run_group_tests_name("running", tests, NULL, NULL);
}
