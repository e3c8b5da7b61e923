#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "bench/experiment/headline.c"

enum { TEXT = 80 };

// The headline points into the copy.
static struct headline parsed(const char *text, char copy[TEXT])
{
    snprintf(copy, TEXT, "%s", text);
    struct headline headline;
    if (!headline_parse(&headline, copy, stderr)) fail_msg("refused: %s", text);
    return headline;
}

static void complains(const char *text, const char *expected)
{
    char copy[200], *said = NULL;
    size_t size;
    FILE *errors = open_memstream(&said, &size);
    snprintf(copy, sizeof copy, "%s", text);
    struct headline headline;
    bool good = headline_parse(&headline, copy, errors);
    fclose(errors);
    if (good || !strstr(said, expected)) fail_msg("%s: expected %s, got %s", text, expected, said);
    free(said);
}

static void a_name_alone_means_all_its_columns(void **state)
{
    (void)state;
    struct headline h = parsed("wait_s", (char[TEXT]){0});
    struct column wait = {.metric = metric_find("wait_s"), .labels = {[LABEL_APP] = "a"}};
    struct column other = {.metric = metric_find("response_s"), .labels = {[LABEL_APP] = "a"}};
    assert_true(headline_has(&h, &wait));
    assert_false(headline_has(&h, &other));
}

static void labels_choose_among_them(void **state)
{
    (void)state;
    struct headline h = parsed("wait_s{app=my app, quantile=0.99}", (char[TEXT]){0});
    struct column p99 = {.metric = h.metric,
                         .labels = {[LABEL_APP] = "my app", [LABEL_QUANTILE] = "0.99"}};
    struct column p50 = {.metric = h.metric,
                         .labels = {[LABEL_APP] = "my app", [LABEL_QUANTILE] = "0.5"}};
    struct column none = {.metric = h.metric};
    assert_true(headline_has(&h, &p99));
    assert_false(headline_has(&h, &p50));
    assert_false(headline_has(&h, &none));
    struct headline whole = parsed("wait_s{app=}", (char[TEXT]){0});
    assert_true(headline_has(&whole, &none));
    assert_false(headline_has(&whole, &p99));
    struct headline both[] = {whole, h};
    assert_int_equal(headline_rank(both, 2, &p99), 1);
    assert_int_equal(headline_rank(both, 2, &none), 0);
    assert_int_equal(headline_rank(both, 2, &p50), SIZE_MAX);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    complains("wait", "unknown metric \"wait\"");
    complains("unserved_tim_s", "did you mean \"unserved_time_s\"?");
    complains("wait_s{quantil=0.5}", "unknown label \"quantil\"; did you mean \"quantile\"?");
    complains("wait_s{0.5}", "expected label=value, got \"0.5\"");
    complains("wait_s{quantile=0.5", "expected NAME{label=value, ...}");
    complains("", "unknown metric");
}

static void the_defaults_can_be_read(void **state)
{
    (void)state;
    for (size_t i = 0; headline_defaults[i]; i++)
        assert_non_null(parsed(headline_defaults[i], (char[TEXT]){0}).metric);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_alone_means_all_its_columns),
        cmocka_unit_test(labels_choose_among_them),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(the_defaults_can_be_read),
    };
    return cmocka_run_group_tests_name("headline", tests, NULL, NULL);
}
