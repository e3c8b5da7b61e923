#include "tests/bench/probe.h"

#include "bench/sweep_options.c"

static const char *verb[] = {"sweep"};

static void axes_become_the_sweep_of_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *sweep, *text;
    } rows[] = {
        {"/apps/A/x=0,1,2.5", "/sweep={\"axes\":{\"/apps/A/x\":[0,1,2.5]}}"},
        {"/a=5m,never", "/sweep={\"axes\":{\"/a\":[\"5m\",\"never\"]}}"},
        {"/a=\"1\",true,null", "/sweep={\"axes\":{\"/a\":[\"1\",true,null]}}"},
        {"/a={\"b\":[1,2]},{\"c\":\"x,}\"}",
         "/sweep={\"axes\":{\"/a\":[{\"b\":[1,2]},{\"c\":\"x,}\"}]}}"},
        {"/a=1,", "/sweep={\"axes\":{\"/a\":[1,\"\"]}}"},
        {"/a", "/sweep={\"axes\":{\"/a\":[]}}"},
        {"/a=01", "/sweep={\"axes\":{\"/a\":[\"01\"]}}"},
        {"/a\"b=1", "/sweep={\"axes\":{\"/a\\\"b\":[1]}}"},
    };
    struct probe p = probe_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *items[] = {rows[i].sweep};
        const struct options options = {.operands = {verb, 1}, .sweeps = {items, 1}};
        struct scenario_override o[SWEEP_OPTIONS_OVERRIDES];
        assert_int_equal(sweep_options_overrides(p.arena, &options, o), 1);
        assert_string_equal(o[0].text, rows[i].text);
    }
    probe_close(&p);
}

static void several_options_go_together(void **state)
{
    (void)state;
    const char *sweeps[] = {"/a=1", "/b=2"};
    const char *numbers[] = {"wait_s{quantile=0.99, app=A}", "cost_usd"};
    const struct options options = {
        .operands = {verb, 1}, .sweeps = {sweeps, 2}, .metrics = {numbers, 2}, .tornado = true};
    struct probe p = probe_open();
    struct scenario_override o[SWEEP_OPTIONS_OVERRIDES];
    assert_int_equal(sweep_options_overrides(p.arena, &options, o), 3);
    assert_string_equal(o[0].text, "/sweep={\"axes\":{\"/a\":[1],\"/b\":[2]}}");
    assert_string_equal(o[1].text, "/sweep/design=\"tornado\"");
    assert_string_equal(o[2].text, "/sweep/metrics=[{\"metric\":\"wait_s\",\"quantile\":\"0.99\","
                                   "\"app\":\"A\"},{\"metric\":\"cost_usd\"}]");
    const struct options other = {.sweeps = {sweeps, 2}, .metrics = {numbers, 2}};
    assert_int_equal(sweep_options_overrides(p.arena, &other, o), 0); // of another verb
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_become_the_sweep_of_the_file),
        cmocka_unit_test(several_options_go_together),
    };
    return cmocka_run_group_tests_name("sweep_options", tests, NULL, NULL);
}
