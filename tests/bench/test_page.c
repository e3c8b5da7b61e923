#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/page.c" // the module under test, statics included

#include "tests/bench/fixture_result.h"

// Not inline: gcc would take what is inside the text for a pointer into this function.
__attribute__((noinline)) static char *print(const struct experiment_result *result,
                                             enum page_layout layout, size_t width)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct page_options options = {.layout = layout, .width = width};
    page_print(out, result, &options);
    fclose(out);
    return text;
}

static size_t count(const char *text, const char *wanted)
{
    size_t found = 0;
    for (const char *p = text; (p = strstr(p, wanted)); p += strlen(wanted))
        found++;
    return found;
}

// Each number gets a value that no other has, the same in all replications, so that it is printed
// once.
static void every_number_of_the_result_is_printed_exactly_once(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    f->result.comparison_count = 0;
    for (size_t a = 0; a < 2; a++)
        for (size_t c = 0; c < FIXTURE_ROWS; c++)
            f->summaries[a][c] = fixture_summary(
                (double)(3000 * (a + 1) + c) / section_scale(f->columns[c].metric), 0, 30);
    char *text = print(&f->result, PAGE_PAIR, 2);
    for (size_t a = 0; a < 2; a++)
        for (size_t c = 0; c < FIXTURE_ROWS; c++) {
            char number[32];
            snprintf(number, sizeof number, " %zu,%03zu", 3 * (a + 1), c);
            bool elsewhere = strcmp(fixture_rows[c].metric, "cost_mode_usd") == 0;
            if (count(text, number) != !elsewhere)
                fail_msg("%s is printed %zu times", number, count(text, number));
        }
    free(text);
    free(f);
}

static void members_that_are_always_0_share_a_line(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 30);
    char *text = print(&f->result, PAGE_ONE, 1);
    assert_non_null(strstr(text, "\n    always 0: requests, refused; requests, cancelled\n"));
    assert_int_equal(count(text, "requests, refused"), 1);
    assert_non_null(strstr(text, "wait, p50, s"));
    free(text);
    f->summaries[0][10].max = 1; // it did happen, once
    text = print(&f->result, PAGE_ONE, 1);
    assert_non_null(strstr(text, "\n    always 0: requests, cancelled\n"));
    assert_non_null(strstr(text, "\n    requests, refused "));
    free(text);
    free(f);
}

static void one_replication_has_no_interval(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 1);
    char *text = print(&f->result, PAGE_PAIR, 2), *one = print(&f->result, PAGE_ONE, 1);
    assert_non_null(strstr(text, "41.23 +/- n/a"));
    assert_non_null(strstr(one, "41.23            n/a\n"));
    assert_null(strstr(text, "nan"));
    assert_null(strstr(one, "always\n"));
    free(text);
    free(one);
    free(f);
}

static void the_undefined_is_not_0(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *text = print(&f->result, PAGE_PAIR, 2);
    const char *row = strstr(strstr(text, "GPU-H100"), "capacity, s");
    char line[101] = "";
    memcpy(line, row, strcspn(row, "\n"));
    assert_int_equal(count(line, "n/a"), 3);
    assert_null(strpbrk(line, "0123456789"));
    free(text);
    free(f);
}

static void a_difference_is_judged_by_the_direction_of_its_metric(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *text = print(&f->result, PAGE_PAIR, 2);
    assert_non_null(strstr(text, "-41.2 +/- 0.4  better\n"));
    assert_non_null(strstr(text, "+0.0221 +/- 0.0014   worse\n"));
    assert_non_null(strstr(text, "+13.0 +/- 0.7\n")); // draining is neither
    free(text);
    free(f);
}

static void a_page_of_differences_leaves_out_what_is_equal(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct page_options options = {.layout = PAGE_DIFFERENCES, .first = 1, .width = 1};
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    page_print(out, &f->result, &options);
    fclose(out);
    assert_non_null(strstr(text, "\nDowntime, differences"));
    assert_non_null(strstr(text, "-41.2 +/- 0.4\n"));
    assert_null(strstr(text, "requests submitted"));
    free(text);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_of_the_result_is_printed_exactly_once),
        cmocka_unit_test(members_that_are_always_0_share_a_line),
        cmocka_unit_test(one_replication_has_no_interval),
        cmocka_unit_test(the_undefined_is_not_0),
        cmocka_unit_test(a_difference_is_judged_by_the_direction_of_its_metric),
        cmocka_unit_test(a_page_of_differences_leaves_out_what_is_equal),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
