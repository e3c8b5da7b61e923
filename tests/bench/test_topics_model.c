#include "tests/bench/topic_kit.h"

#include "bench/explain/topics_model.c"

// The moves of "Understand Runners" (P1), written down here once more.
static void moves_are_those_of_the_platform(void **state)
{
    (void)state;
    static const struct {
        const char *state, *billed, *moves;
    } rows[] = {
        {"CRASH_BACKOFF", "no", "PENDING, TERMINATED"},
        {"PENDING", "no", "DOCKER_PULL, SETUP, TERMINATED"},
        {"DOCKER_PULL", "no", "SETUP, TERMINATED"},
        {"SETUP", "yes", "IDLE, TERMINATED"},
        {"IDLE", "yes", "RUNNING, DRAINING, TERMINATING, TERMINATED"},
        {"RUNNING", "yes", "IDLE, DRAINING, TERMINATING"},
        {"DRAINING", "yes", "TERMINATING"},
        {"TERMINATING", "yes", "TERMINATED"},
        {"TERMINATED", "no", "CRASH_BACKOFF, PENDING"},
    };
    cJSON *root = topic_json(topic_states);
    assert_int_equal(cJSON_GetArraySize(topic_entries(root)), RUNNER_STATES);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const cJSON *entry = topic_find(root, "state", rows[i].state);
        assert_non_null(entry);
        assert_string_equal(topic_cell(entry, "billed"), rows[i].billed);
        assert_string_equal(topic_cell(entry, "may be followed by"), rows[i].moves);
        assert_true(strlen(topic_cell(entry, "meaning")) > 10);
    }
    cJSON_Delete(root);
}

// What is printed is what runner_enter() lets through.
static void moves_printed_are_the_moves_enforced(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_states);
    for (int from = 0; from < RUNNER_STATES; from++) {
        char text[256];
        snprintf(text, sizeof text, ", %s,",
                 topic_of(root, "state", runner_states[from].name, "may be followed by"));
        for (int to = 0; to < RUNNER_STATES; to++) {
            char name[32];
            snprintf(name, sizeof name, ", %s,", runner_states[to].name);
            bool printed = strstr(text, name) != NULL;
            bool enforced = runner_states[from].moves & 1u << to;
            if (printed != enforced)
                fail_msg("%s to %s", runner_states[from].name, runner_states[to].name);
        }
    }
    cJSON_Delete(root);
}

static void every_reason_to_stop_is_told(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_stops);
    assert_int_equal(cJSON_GetArraySize(topic_entries(root)), STOP_REASONS);
    assert_string_equal(topic_of(root, "reason", "unused", "meaning"),
                        "it never got a request: the 10-second rule (P4)");
    assert_string_equal(topic_of(root, "reason", "scale_down", "meaning"),
                        "the autoscaler asked for fewer (A3)");
    cJSON_Delete(root);
}

// The table of the platform's "Retries" page (Q3).
static void responses_do_what_the_platform_says(void **state)
{
    (void)state;
    static const struct {
        const char *ending, *runner, *retried;
    } rows[] = {
        {"2xx, 3xx", "stays", "no"},
        {"4xx", "stays", "no"},
        {"404", "stays", "no"},
        {"422", "stays", "no"},
        {"500", "TCP check, killed if it fails", "no"},
        {"502", "TCP check, killed if it fails", "no"},
        {"503", "killed", "yes"},
        {"504", "TCP check, killed if it fails", "yes"},
        {"crash", "killed", "yes"},
        {"request_timeout", "killed", "yes"},
        {"cut", "stays", "yes"},
        {"cancelled", "stays", "no"},
        {"other 5xx", "stays", "no"},
    };
    cJSON *root = topic_json(topic_responses);
    assert_int_equal(cJSON_GetArraySize(topic_entries(root)), sizeof rows / sizeof *rows);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *column = "ends with";
        assert_string_equal(topic_of(root, column, rows[i].ending, "runner"), rows[i].runner);
        assert_string_equal(topic_of(root, column, rows[i].ending, "retried"), rows[i].retried);
    }
    cJSON_Delete(root);
}

static void every_outcome_is_told(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_outcomes);
    for (int i = 0; i < OUTCOMES; i++)
        assert_true(strlen(topic_of(root, "outcome", outcomes[i].name, "meaning")) > 5);
    assert_string_equal(topic_of(root, "outcome", "rejected", "refusal"), "yes");
    cJSON_Delete(root);
}

static void every_policy_is_told(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_policies);
    int count = 0;
    for (int i = 0; autoscaler_policies[i]; i++, count++)
        assert_string_equal(topic_of(root, "policy", autoscaler_policies[i]->name, "key"),
                            "autoscaler");
    for (int i = 0; rollout_policies[i]; i++, count++)
        assert_string_equal(topic_of(root, "policy", rollout_policies[i]->name, "key"), "strategy");
    for (int i = 0; dispatch_policies[i].name; i++, count++)
        assert_string_equal(topic_of(root, "policy", dispatch_policies[i].name, "key"), "dispatch");
    assert_int_equal(cJSON_GetArraySize(topic_entries(root)), count);
    cJSON_Delete(root);
}

// Three published rows: a type without GPUs, one with both prices, one with a price of 2025.
static void machine_types_have_their_published_numbers(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_machines);
    assert_string_equal(topic_of(root, "type", "XS", "RAM GB"), "0.5");
    assert_string_equal(topic_of(root, "type", "XS", "VRAM GB"), "");
    assert_string_equal(topic_of(root, "type", "XS", "USD/h"), ""); // nobody publishes one
    assert_string_equal(topic_of(root, "type", "GPU-H100", "USD/h"), "3.99");
    assert_string_equal(topic_of(root, "type", "GPU-H100", "committed USD/h"), "1.89");
    assert_string_equal(topic_of(root, "type", "GPU-A100", "USD/h"), "0.99");
    cJSON_Delete(root);
}

static void every_distribution_is_told(void **state)
{
    (void)state;
    static const char *const names[] = {
        "constant",  "uniform",          "exponential", "normal",    "lognormal",
        "gamma",     "weibull",          "pareto",      "erlang",    "triangular",
        "empirical", "hyperexponential", "mixture",     "quantiles", NULL};
    cJSON *root = topic_json(topic_distributions);
    for (int i = 0; names[i]; i++)
        assert_true(strlen(topic_of(root, "distribution", names[i], "arguments")) > 3);
    assert_string_equal(topic_of(root, "distribution", "lognormal", "arguments"),
                        "median (time), sigma (0 to 10)");
    assert_string_equal(topic_of(root, "distribution", "empirical", "arguments"),
                        "values (list), weights (list)");
    cJSON_Delete(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_are_those_of_the_platform),
        cmocka_unit_test(moves_printed_are_the_moves_enforced),
        cmocka_unit_test(every_reason_to_stop_is_told),
        cmocka_unit_test(responses_do_what_the_platform_says),
        cmocka_unit_test(every_outcome_is_told),
        cmocka_unit_test(every_policy_is_told),
        cmocka_unit_test(machine_types_have_their_published_numbers),
        cmocka_unit_test(every_distribution_is_told),
    };
    return cmocka_run_group_tests_name("topics_model", tests, NULL, NULL);
}
