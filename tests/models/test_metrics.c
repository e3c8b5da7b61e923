#include "models/metrics.c"

#include "tests/kit.h"

static void names_are_unique_flat_words(void **state)
{
    (void)state;
    for (const struct metric *m = metrics; m->name; m++) {
        assert_true(m->name[0] >= 'a' && m->name[0] <= 'z');
        assert_int_equal(strspn(m->name, "abcdefghijklmnopqrstuvwxyz_0123456789"), strlen(m->name));
        assert_true(m->unit && m->unit[0] && m->help && m->help[0]);
        for (const struct metric *other = metrics; other < m; other++)
            assert_string_not_equal(m->name, other->name);
    }
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

// The unit is the name's end, both ways, where a name can carry it.
static void units_agree_with_names(void **state)
{
    (void)state;
    for (const struct metric *m = metrics; m->name; m++) {
        bool rate = ends_with(m->name, "_per_s");
        assert_int_equal(strcmp(m->unit, "s") == 0, ends_with(m->name, "_s") && !rate);
        assert_int_equal(strcmp(m->unit, "1/s") == 0, rate);
        assert_int_equal(strcmp(m->unit, "usd") == 0, ends_with(m->name, "_usd"));
        if (ends_with(m->name, "_ratio")) assert_string_equal(m->unit, "1");
    }
}

// Nobody wants more downtime or a larger bill.
static void directions_make_sense(void **state)
{
    (void)state;
    static const char *const lower[] = {"unserved_time_s", "cost_usd", "wait_s",
                                        "killed_in_flight"};
    static const char *const higher[] = {"request_success_ratio", "good_ratio",
                                         "machine_utilisation"};
    for (size_t i = 0; i < sizeof lower / sizeof *lower; i++)
        assert_int_equal(metric_find(lower[i])->better, BETTER_LOWER);
    for (size_t i = 0; i < sizeof higher / sizeof *higher; i++)
        assert_int_equal(metric_find(higher[i])->better, BETTER_HIGHER);
}

static void metrics_are_found_by_their_whole_name(void **state)
{
    (void)state;
    for (const struct metric *m = metrics; m->name; m++)
        assert_true(metric_find(m->name) == m);
    assert_null(metric_find("unserved_time"));
    assert_null(metric_find(""));
}

static void what_is_possible_follows_from_the_name(void **state)
{
    (void)state;
    const struct metric extra = {"excess_cost_ratio", "1", BETTER_LOWER, ""};
    assert_true(metric_is_share(metric_find("request_success_ratio")));
    assert_true(metric_is_share(metric_find("interval_availability")));
    assert_true(metric_is_share(metric_find("machine_utilisation")));
    assert_true(metric_is_share(metric_find("user_uptime_mcr")));
    assert_true(metric_is_share(metric_find("burn_alert")));
    assert_false(metric_is_share(metric_find("error_budget_spent")));
    assert_false(metric_is_share(metric_find("burn_alert_s")));
    assert_true(metric_is_signed(metric_find("excess_cost_usd")));
    assert_false(metric_is_share(metric_find("cost_per_request_usd")));
    assert_false(metric_is_share(metric_find("rollout_outcome")));
    assert_false(metric_is_signed(metric_find("cost_usd")));
    assert_true(metric_is_signed(&extra) && !metric_is_share(&extra));
    assert_true(metric_perfect(metric_find("unserved_time_s")) == 0);
    assert_true(metric_perfect(metric_find("request_success_ratio")) == 1);
    assert_true(isnan(metric_perfect(metric_find("arrivals"))));
    assert_true(isnan(metric_perfect(&extra)));
}

static void every_label_has_a_name(void **state)
{
    (void)state;
    for (int i = 0; i < LABELS; i++)
        assert_non_null(label_names[i]);
    assert_null(label_names[LABELS]);
    assert_string_equal(label_names[LABEL_ROLLOUT], "rollout");
    assert_string_equal(label_names[LABEL_QUANTILE], "quantile");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique_flat_words),
        cmocka_unit_test(units_agree_with_names),
        cmocka_unit_test(directions_make_sense),
        cmocka_unit_test(metrics_are_found_by_their_whole_name),
        cmocka_unit_test(what_is_possible_follows_from_the_name),
        cmocka_unit_test(every_label_has_a_name),
    };
    return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
