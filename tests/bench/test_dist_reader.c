#include "tests/bench/probe.h"

#include "bench/input/dist_reader.c"

// Reads the distribution under "d"; false: messages say why.
static bool read_text(struct probe *p, const char *text, struct dist *dist)
{
    char whole[1024];
    snprintf(whole, sizeof whole, "{\"d\": %s}", text);
    struct json *json = json_create(p->arena);
    struct reader reader = {.arena = p->arena, .diag = p->diag, .json = json};
    struct lexer_source source = {"f", whole, strlen(whole)};
    cJSON *root = json_parse(json, &source, p->diag);
    assert_non_null(root);
    bool good = dist_read(&reader, json_child(root, "d"), dist);
    cJSON_Delete(root);
    probe_listen(p);
    return good && diag_errors(p->diag) == 0;
}

static void each_form_has_the_mean_it_should(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum dist_kind kind;
        double mean;
    } rows[] = {
        {"\"40s\"", DIST_CONSTANT, 40},
        {"{\"constant\": \"40s\"}", DIST_CONSTANT, 40},
        {"{\"constant\": {\"value\": \"40s\"}}", DIST_CONSTANT, 40},
        {"{\"constant\": {\"value_s\": 40}}", DIST_CONSTANT, 40},
        {"{\"exponential\": \"2s\"}", DIST_EXPONENTIAL, 2},
        {"{\"exponential\": {\"mean\": \"2s\"}}", DIST_EXPONENTIAL, 2},
        {"{\"uniform\": {\"low\": \"1s\", \"high_s\": 3}}", DIST_UNIFORM, 2},
        {"{\"lognormal\": {\"mean\": \"3s\", \"cv\": 0.4}}", DIST_LOGNORMAL, 3},
        {"{\"lognormal\": {\"cv\": 0.4, \"mean_s\": 3}}", DIST_LOGNORMAL, 3},
        {"{\"lognormal\": {\"median\": \"1s\", \"sigma\": 2}}", DIST_LOGNORMAL, 7.38905609893065},
        {"{\"gamma\": {\"shape\": 2, \"scale\": \"3s\"}}", DIST_GAMMA, 6},
        {"{\"erlang\": {\"stages\": 3, \"mean\": \"6s\"}}", DIST_ERLANG, 6},
        {"{\"triangular\": {\"low\": \"0s\", \"mode\": \"1s\", \"high\": \"5s\"}}", DIST_TRIANGULAR,
         2},
        {"{\"empirical\": {\"values\": [\"1s\", \"2s\", \"3s\"]}}", DIST_EMPIRICAL, 2},
        {"{\"empirical\": {\"values_s\": [1, 3], \"weights\": [3, 1]}}", DIST_EMPIRICAL, 1.5},
        {"{\"quantiles\": {\"points\": [[0, \"0s\"], [0.5, \"2s\"], [1, \"6s\"]]}}", DIST_QUANTILES,
         2.5},
        {"{\"quantiles\": {\"points_s\": [[0, 1], [1, 3]]}}", DIST_QUANTILES, 2},
        {"{\"hyperexponential\": {\"probabilities\": [0.5, 0.5], \"means\": [\"1s\", \"3s\"]}}",
         DIST_HYPEREXPONENTIAL, 2},
        {"{\"mixture\": {\"parts\": [{\"weight\": 1, \"dist\": \"1s\"}, {\"weight\": 3, \"dist\": "
         "{\"exponential\": \"5s\"}}]}}",
         DIST_MIXTURE, 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_open();
        struct dist dist;
        if (!read_text(&p, rows[i].text, &dist)) fail_msg("%s: %s", rows[i].text, p.messages);
        assert_int_equal(dist.kind, rows[i].kind);
        if (fabs(dist_mean(&dist) - rows[i].mean) > 1e-12 * rows[i].mean)
            fail_msg("%s: mean %.17g", rows[i].text, dist_mean(&dist));
        probe_close(&p);
    }
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"40",
         "error[E0303]: /d: expected a distribution, got 40; a bare number has no unit: write"},
        {"null", "error[E0303]: /d"},
        {"[1]", "error[E0303]: /d"},
        {"{}", "error[E0307]: /d"},
        {"{\"exponential\": {}}", "error[E0302]: /d/exponential/mean: expected the arguments mean"},
        {"{\"exponential\": {\"mean\": \"1s\", \"meen\": 1}}", "error[E0301]: /d/exponential/meen"},
        {"{\"exponential\": {\"mean\": \"1s\", \"mean_s\": 1}}",
         "error[E0308]: /d/exponential/mean_s"},
        {"{\"exponential\": \"never\"}", "error[E0306]: /d/exponential"},
        {"{\"exponential\": \"11574d1h46m41s\"}", "error[E0304]: /d/exponential"},
        {"{\"uniform\": \"1s\"}", "error[E0303]: /d/uniform: expected an object"},
        {"{\"lognormal\": {\"mean\": \"1s\", \"cv\": -1}}", "error[E0304]: /d/lognormal/cv"},
        {"{\"erlang\": {\"stages\": 1.5, \"mean\": \"1s\"}}", "error[E0304]: /d/erlang/stages"},
        {"{\"erlang\": {\"stages\": 0, \"mean\": \"1s\"}}", "error[E0304]: /d/erlang/stages"},
        {"{\"Exponential\": \"2s\"}", "did you mean \"exponential\"?"},
        {"{\"steps\": \"2s\"}", "error[E0307]: /d/steps: expected the name of a distribution"},
        {"{\"empirical\": {}}", "error[E0302]: /d/empirical/values"},
        {"{\"empirical\": {\"values\": []}}",
         "error[E0307]: /d/empirical/values: expected a list of 1"},
        {"{\"empirical\": {\"values\": \"1s\"}}", "error[E0307]: /d/empirical/values"},
        {"{\"empirical\": {\"values\": [\"1s\"], \"weights\": [1, 2]}}",
         "error[E0307]: /d/empirical: expected two lists of the same length, got 1 and 2"},
        {"{\"empirical\": {\"values\": [\"1s\"], \"weights\": [0]}}", "one weight at least"},
        {"{\"empirical\": {\"values\": [\"1s\"], \"weights\": [-1]}}", "error[E0304]"},
        {"{\"empirical\": {\"values\": [\"1s\"], \"wights\": [1]}}", "did you mean \"weights\"?"},
        {"{\"quantiles\": {\"points\": [[0, \"1s\"]]}}", "needs at least two"},
        {"{\"quantiles\": {\"points\": [[0.1, \"1s\"], [1, \"2s\"]]}}",
         "must begin with probability 0"},
        {"{\"quantiles\": {\"points\": [[0, \"2s\"], [1, \"1s\"]]}}", "values must not fall"},
        {"{\"quantiles\": {\"points\": [[0, \"2s\", 1], [1, \"3s\"]]}}", "a pair like"},
        {"{\"quantiles\": {\"points\": [0]}}", "a pair like"},
        {"{\"hyperexponential\": {\"means\": [\"1s\"]}}", "/d/hyperexponential/probabilities"},
        {"{\"hyperexponential\": {\"probabilities\": [0.5, 0.6], \"means\": [\"1s\", \"2s\"]}}",
         "must sum to 1"},
        {"{\"mixture\": {\"parts\": [{\"dist\": \"1s\"}]}}",
         "error[E0302]: /d/mixture/parts/0/weight"},
        {"{\"mixture\": {\"parts\": [{\"weight\": 1, \"dist\": 1}]}}",
         "error[E0303]: /d/mixture/parts/0/dist"},
        {"{\"mixture\": {\"parts\": [1]}}", "error[E0303]: /d/mixture/parts/0: expected an object"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct probe p = probe_open();
        struct dist dist = dist_constant(77);
        if (read_text(&p, rows[i].text, &dist) || !strstr(p.messages, rows[i].message))
            fail_msg("%s: %s", rows[i].text, p.messages);
        if (diag_errors(p.diag) != 1) fail_msg("%s: %s", rows[i].text, p.messages);
        probe_close(&p);
    }
}

// Whatever dist_forms[] has, the reader takes, with the smallest values of its ranges.
static void every_form_of_the_table_can_be_written(void **state)
{
    (void)state;
    for (const struct dist_form *form = dist_forms; form->name; form++) {
        char text[512];
        int used = snprintf(text, sizeof text, "{\"%s\": {", form->name);
        for (const struct dist_arg *arg = form->args; arg->key; arg++)
            used +=
                snprintf(text + used, sizeof text - (size_t)used, "%s\"%s%s\": %g",
                         arg == form->args ? "" : ", ", arg->key,
                         arg->type == DIST_ARG_TIME ? "_s" : "", arg->min + (arg->open ? 1 : 0));
        snprintf(text + used, sizeof text - (size_t)used, "}}");
        struct probe p = probe_open();
        struct dist dist;
        if (!read_text(&p, text, &dist)) fail_msg("%s: %s", text, p.messages);
        probe_close(&p);
    }
}

// Where numbers are meant, as for billable_units, the parts of a mixture are numbers too.
static void a_mixture_of_numbers_has_parts_that_are_numbers(void **state)
{
    (void)state;
    static const char file[] =
        "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\", \"apps\": {\"A\": {\n"
        "\"machine_type\": \"GPU-H100\", \"unit_price_usd\": 1, \"traffic\": [{\n"
        "  \"poisson\": {\"rate_per_s\": 1}, \"service\": \"1s\", \"billable_units\":\n"
        "  {\"mixture\": {\"parts\": [{\"weight\": 1, \"dist\": 2}, {\"weight\": 3, \"dist\":\n"
        "  {\"uniform\": {\"low\": 4, \"high\": 8}}}]}}}]}}}";
    struct probe p = probe_load(file, NULL);
    if (!p.good) fail_msg("%s", p.messages);
    assert_true(dist_mean(&p.scenario.alternatives[0].config.traffic[0].billable_units) == 5);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_has_the_mean_it_should),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(every_form_of_the_table_can_be_written),
        cmocka_unit_test(a_mixture_of_numbers_has_parts_that_are_numbers),
    };
    return cmocka_run_group_tests_name("dist_reader", tests, NULL, NULL);
}
