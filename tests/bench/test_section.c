#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/section.c" // the module under test, statics included

static struct column column(const char *metric)
{
    return (struct column){.metric = metric_find(metric)};
}

static void every_metric_of_the_model_has_exactly_one_section(void **state)
{
    (void)state;
    for (const struct metric *m = metrics; m->name; m++) {
        if (strncmp(m->name, "series_", 7) == 0) continue;
        struct column c = {.metric = m};
        size_t homes = 0;
        for (const struct section *s = sections; s->title; s++)
            if (section_has(s, &c)) homes++;
        if (homes != 1) fail_msg("%s has %zu sections", m->name, homes);
        if (!find(m->name)) fail_msg("%s has no name for people", m->name);
    }
}

static void an_unknown_metric_comes_under_other(void **state)
{
    (void)state;
    static const struct metric odd = {"odd_s", "s", BETTER_NEITHER, ""};
    struct column c = {.metric = &odd};
    char buffer[64];
    for (const struct section *s = sections; s->title; s++)
        assert_int_equal(section_has(s, &c), strcmp(s->title, "Other") == 0);
    assert_string_equal(section_label(&c, buffer, sizeof buffer), "odd_s, s");
}

static void a_label_says_quantile_and_unit(void **state)
{
    (void)state;
    char buffer[64];
    struct column c = column("wait_s");
    c.labels[LABEL_APP] = "MyApp";
    c.labels[LABEL_QUANTILE] = "0.999";
    assert_string_equal(section_label(&c, buffer, sizeof buffer), "wait, p99.9, s");
    c.labels[LABEL_QUANTILE] = "max";
    assert_string_equal(section_label(&c, buffer, sizeof buffer), "wait, max, s");
    c = column("cost_usd");
    c.labels[LABEL_PAYER] = "owner";
    assert_string_equal(section_label(&c, buffer, sizeof buffer), "cost, owner, $");
    c = column("good_ratio");
    assert_string_equal(section_label(&c, buffer, sizeof buffer), "started in time, %");
    assert_true(section_scale(c.metric) == 100);
    assert_true(section_scale(metric_find("cost_per_request_usd")) == 1000);
    assert_true(section_scale(metric_find("unserved_time_s")) == 1);
    assert_string_equal(section_label(&c, buffer, 8), "started");
}

static void a_subject_is_the_heading(void **state)
{
    (void)state;
    char buffer[64];
    struct column c = column("rollout_switch_s");
    assert_string_equal(section_subject(&c, buffer, sizeof buffer), "");
    c.labels[LABEL_APP] = "MyApp";
    c.labels[LABEL_ROLLOUT] = "1";
    assert_string_equal(section_subject(&c, buffer, sizeof buffer), "MyApp, rollout 1");
    assert_string_equal(section_label(&c, buffer, sizeof buffer), "until the switch, s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_metric_of_the_model_has_exactly_one_section),
        cmocka_unit_test(an_unknown_metric_comes_under_other),
        cmocka_unit_test(a_label_says_quantile_and_unit),
        cmocka_unit_test(a_subject_is_the_heading),
    };
    return cmocka_run_group_tests_name("section", tests, NULL, NULL);
}
