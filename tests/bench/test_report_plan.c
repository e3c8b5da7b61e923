#include "tests/bench/plan_kit.h"

#include "bench/output/report_plan.c"

static char *report(const struct plan_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_true(report_plan_text(out, result, false));
    fclose(out);
    return text;
}

static void expect_in(const char *text, const char *wanted)
{
    if (!strstr(text, wanted)) fail_msg("expected %s in\n%s", wanted, text);
}

static void a_setting_can_be_pasted(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_MMC("1200s", "8",
                              "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.3}, "
                              "{\"metric\": \"request_success_ratio\", \"min\": 0.9}], "
                              "\"knobs\": {\"/apps/A/max_concurrency\": {\"from\": 9, \"to\": 11}, "
                              "\"/apps/A/keep_alive\": {\"values\": [\"1m\"]}}"));
    char *text = report(&p.result);
    expect_in(text, "Cheapest setting that keeps all promises: max_concurrency 10, keep_alive 1m;");
    expect_in(text, "warmpool run t.json --set /apps/A/max_concurrency=10 --set "
                    "/apps/A/keep_alive=1m\n");
    expect_in(text, "A: wait, mean, s <= 0.3");
    expect_in(text, "A: requests that succeeded, % >= 90");
    expect_in(text, "misses wait, mean, s <= 0.3");
    expect_in(text, "keep_alive has no earlier value");
    expect_in(text, "All 3 settings were tried.");
    free(text);
    plan_kit_free(&p);
}

static void without_a_setting_the_closest_is_named(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_MMC("600s", "4",
                              "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.0001}, "
                              "{\"metric\": \"rollout_switch_s\", \"max\": 1}], \"knobs\": "
                              "{\"/apps/A/max_concurrency\": {\"values\": [9, 12]}}"));
    char *text = report(&p.result);
    expect_in(text, "No setting keeps all promises.");
    expect_in(text, "The closest is max_concurrency");
    expect_in(text, "until the switch, s <= 1: there is no such number.");
    expect_in(text, "Misses A: wait, mean, s <= 0.0001: it is ");
    expect_in(text, ", off by ");
    assert_null(strstr(text, "To run it"));
    free(text);
    plan_kit_free(&p);
}

static void what_cannot_be_told_is_not_denied(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, PLAN_ON_THE_LIMIT);
    char *text = report(&p.result);
    expect_in(text, "for some it cannot be told");
    expect_in(text, "cannot tell: wait, mean, s <= 0.2046");
    free(text);
    plan_kit_free(&p);
}

static void words_are_quoted_for_the_shell(void **state)
{
    (void)state;
    static const struct {
        const char *word, *quoted;
    } rows[] = {
        {"/apps/A/x=1", "/apps/A/x=1"},
        {"/apps/A B/x=1", "'/apps/A B/x=1'"},
        {"it's", "'it'\\''s'"},
        {"{\"a\":1}", "'{\"a\":1}'"},
        {"$(x)", "'$(x)'"},
        {"", "''"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        print_word(out, rows[i].word);
        fclose(out);
        assert_string_equal(text, rows[i].quoted);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_can_be_pasted),
        cmocka_unit_test(without_a_setting_the_closest_is_named),
        cmocka_unit_test(what_cannot_be_told_is_not_denied),
        cmocka_unit_test(words_are_quoted_for_the_shell),
    };
    return cmocka_run_group_tests_name("report_plan", tests, NULL, NULL);
}
