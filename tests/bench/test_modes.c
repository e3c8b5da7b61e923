#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/modes.c" // the module under test, statics included

#include "tests/bench/fixture_result.h"

// Not inline: gcc would take what is inside the text for a pointer into this function.
__attribute__((noinline)) static char *print(const struct experiment_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    modes_print(out, result, false);
    fclose(out);
    return text;
}

static void modes_stand_side_by_side(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    char *text = print(&f->result);
    assert_string_equal(text,
                        "\nCost by auth mode          private             shared           public\n"
                        "  owner, $         0.551 +/- 0.004    0.120 +/- 0.003  0.551 +/- 0.004\n"
                        "  callers, $                     0  0.4308 +/- 0.0029                0\n"
                        "  absorbed, $                    0                  0                0\n");
    free(text);
    free(f);
}

static void alternatives_follow_each_other(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *text = print(&f->result);
    const char *first = strstr(text, "recreate, owner, $"),
               *second = strstr(text, "rolling, owner, $");
    assert_non_null(first);
    assert_non_null(second);
    assert_true(first < second);
    assert_null(strstr(second + 1, "rolling, owner, $"));
    free(text);
    free(f);
}

static void several_apps_have_headings(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    for (size_t c = 0; c < FIXTURE_ROWS; c++)
        if (strcmp(fixture_rows[c].metric, "cost_mode_usd") == 0 &&
            strcmp(fixture_rows[c].labels[LABEL_PAYER], "absorbed") == 0)
            f->columns[c].labels[LABEL_APP] = FIXTURE_EVIL;
    char *text = print(&f->result);
    assert_non_null(strstr(text, "\n  MyApp\n    owner, $"));
    assert_non_null(strstr(text, "\n  a'b`touch x`?$(x)\"<&\xC3\xA9\n    absorbed, $"));
    free(text);
    free(f);
}

static void without_such_costs_there_is_no_table(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    f->alternatives[0].column_count = 3;
    char *text = print(&f->result);
    assert_string_equal(text, "");
    free(text);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modes_stand_side_by_side),
        cmocka_unit_test(alternatives_follow_each_other),
        cmocka_unit_test(several_apps_have_headings),
        cmocka_unit_test(without_such_costs_there_is_no_table),
    };
    return cmocka_run_group_tests_name("modes", tests, NULL, NULL);
}
