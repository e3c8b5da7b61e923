#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/report_compare.c"

#include "tests/bench/compared.h"

static char *report(const struct compared *c, bool colour)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_true(report_compare(out, &c->result, colour));
    fclose(out);
    return text;
}

static void says(const char *text, const char *wanted)
{
    if (!strstr(text, wanted)) fail_msg("expected: %s\ngot: %s", wanted, text);
}

static void every_part_is_there_once(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 0);
    char *text = report(c, false);
    static const char *const parts[] = {
        "Rollouts\nWhich is best?\n\n  Compared with recreate, rolling reduces",
        "scenario      r.json",
        "difference: minus recreate, replication by",
        "those of all 2 alternatives hold together",
        "\nunserved time, s ",
        "\nwait, p99, s ",
        "equal within 2 s",
        "\nThe same with all alternatives, in every replication\n  killed in flight.\n",
        "\nWho can still be the best\n",
        "\nCannot tell yet\n  rolling, started in time: about ",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        says(text, parts[i]);
    assert_null(strstr(text, "\nSelection"));
    assert_null(strstr(text, "\x1b"));
    free(text);
    compared_free(c);
}

static void lines_fit_whatever_the_names_are(void **state)
{
    (void)state;
    struct compared *c = compared_create(6, 3);
    c->names[5].name = "a name that is much longer than any name of an alternative should ever be, "
                       "and goes on and on without an end in sight";
    char *text = report(c, false);
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        if (strcspn(line, "\n") > TABLE_WIDTH) fail_msg("too long: %.200s", line);
    free(text);
    compared_free(c);
}

static void colour_is_for_headings_only(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    char *text = report(c, true);
    says(text, "\x1b[1mWho can still be the best");
    free(text);
    compared_free(c);
}

// A correlation of -0.9 in ten pairs is no chance; one of -0.5 can be.
static void common_numbers_that_backfire_are_noted(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    c->result.comparisons[0].correlation = -0.5;
    char *text = report(c, false);
    assert_null(strstr(text, "widened"));
    free(text);
    c->result.comparisons[0].correlation = -0.9;
    text = report(c, false);
    says(text, "rolling: common random numbers widened the interval of unserved time (correlation");
    free(text);
    compared_free(c);
}

static void a_lopsided_interval_shows_its_mean_and_its_ends(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    c->summaries[0][0] = (struct summary){.n = 10, .mean = 7, .low = 5, .high = 14, .sd = 4};
    char *text = report(c, false);
    says(text, " (5 to 14)\n");
    free(text);
    compared_free(c);
}

static void independent_runs_are_called_so(void **state)
{
    (void)state;
    struct compared *c = compared_create(2, 0);
    for (size_t i = 0; i < c->result.comparison_count; i++) {
        c->result.comparisons[i].paired = false;
        c->result.comparisons[i].correlation = NAN;
        c->result.comparisons[i].variance_reduction = NAN;
    }
    char *text = report(c, false);
    says(text, "(Welch)");
    assert_null(strstr(text, "gain:"));
    assert_null(strstr(text, "paired"));
    free(text);
    compared_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_there_once),
        cmocka_unit_test(lines_fit_whatever_the_names_are),
        cmocka_unit_test(colour_is_for_headings_only),
        cmocka_unit_test(common_numbers_that_backfire_are_noted),
        cmocka_unit_test(a_lopsided_interval_shows_its_mean_and_its_ends),
        cmocka_unit_test(independent_runs_are_called_so),
    };
    return cmocka_run_group_tests_name("report_compare", tests, NULL, NULL);
}
