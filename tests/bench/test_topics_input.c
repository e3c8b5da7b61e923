#include "tests/bench/topic_kit.h"

#include "bench/explain/topics_input.c"

static const cJSON *key_at(const cJSON *root, const char *object, const char *key)
{
    const cJSON *entry;
    cJSON_ArrayForEach(entry, topic_entries(root))
    {
        if (strcmp(topic_cell(entry, "object"), object) == 0 &&
            strcmp(topic_cell(entry, "key"), key) == 0)
            return entry;
    }
    fail_msg("no key %s in %s", key, object);
    return NULL;
}

static void a_key_is_told_with_its_default_and_its_rules(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_keys);
    const cJSON *key = key_at(root, "/apps/NAME", "keep_alive");
    assert_string_equal(topic_cell(key, "in seconds"), "keep_alive_s");
    assert_string_equal(topic_cell(key, "takes"),
                        "a duration of at least 0s, or \"never\"; default: \"1m\"");
    assert_string_equal(topic_cell(key, "default"), "\"1m\"");
    assert_string_equal(topic_cell(key, "rules"), "P4 keep_alive");
    key = key_at(root, "/timeline/N/scale", "keep_alive"); // no default holds there
    assert_string_equal(topic_cell(key, "default"), "as before");
    key = key_at(root, "/", "horizon");
    assert_string_equal(topic_cell(key, "takes"),
                        "a duration from 1ms to 11574d1h46m40s; must be given");
    key = key_at(root, "/apps/NAME/traffic/N", "poisson");
    assert_non_null(strstr(topic_cell(key, "takes"), "; one of these must be given"));
    assert_string_equal(topic_cell(key, "rules"), "T1 sources of requests");
    cJSON_Delete(root);
}

static void count_key(void *context, const char *path, const struct keys *keys,
                      const struct key *key)
{
    (void)path, (void)keys, (void)key;
    ++*(int *)context;
}

static void every_key_metric_code_label_and_rule_is_told(void **state)
{
    (void)state;
    int keys = 0, count = 0;
    keys_walk(count_key, &keys);
    cJSON *root = topic_json(topic_keys);
    assert_int_equal(cJSON_GetArraySize(topic_entries(root)), keys);
    cJSON_Delete(root);

    root = topic_json(topic_metrics);
    for (const struct metric *metric = metrics; metric->name; metric++, count++)
        assert_string_equal(topic_of(root, "metric", metric->name, "unit"), metric->unit);
    assert_int_equal(cJSON_GetArraySize(topic_entries(root)), count);
    cJSON_Delete(root);

    root = topic_json(topic_codes);
    for (const struct code *code = codes; code->code; code++)
        assert_string_equal(topic_of(root, "code", code->code, "meaning"), code->meaning);
    cJSON_Delete(root);

    root = topic_json(topic_labels);
    for (int label = 0; label < LABELS; label++)
        assert_true(strlen(topic_of(root, "label", label_names[label], "metrics that have it")) >
                    0);
    cJSON_Delete(root);
}

static void a_metric_is_told_with_its_labels(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_metrics);
    assert_string_equal(topic_of(root, "metric", "wait_s", "by"), "app, quantile");
    assert_string_equal(topic_of(root, "metric", "unserved_time_s", "better"), "lower");
    assert_string_equal(topic_of(root, "metric", "good_ratio", "better"), "higher");
    assert_string_equal(topic_of(root, "metric", "arrivals", "better"), "");
    assert_string_equal(topic_of(root, "metric", "cost_usd", "rules"), "C5 the money law");
    cJSON_Delete(root);
}

static void a_rule_is_told_with_what_belongs_to_it(void **state)
{
    (void)state;
    cJSON *root = topic_json(topic_rules);
    assert_string_equal(topic_of(root, "rule", "P4", "keys"), "unused_runner_timeout, keep_alive");
    assert_string_equal(topic_of(root, "rule", "A3", "policies"), "fixed, lambda, knative, oracle");
    assert_string_equal(topic_of(root, "rule", "C5", "metrics"), "cost_usd");
    assert_string_equal(topic_of(root, "rule", "Q2", "keys"), "priority");
    assert_string_equal(topic_of(root, "rule", "O1", "metrics"), "");
    cJSON_Delete(root);
}

// An entry is read by itself, so its text must not lean on the one above it.
static void texts_stand_alone(void **state)
{
    (void)state;
    static const char *const leaning[] = {"the same", "of the same", "their ",
                                          "the longest of them", "instead"};
    static void (*const topics[])(struct sheet * sheet) = {topic_keys, topic_metrics};
    for (size_t t = 0; t < sizeof topics / sizeof *topics; t++) {
        cJSON *root = topic_json(topics[t]);
        const cJSON *entry;
        cJSON_ArrayForEach(entry, topic_entries(root))
        {
            const char *text = topic_cell(entry, "meaning");
            for (size_t i = 0; i < sizeof leaning / sizeof *leaning; i++)
                if (strncmp(text, leaning[i], strlen(leaning[i])) == 0)
                    fail_msg("\"%s\" says nothing by itself", text);
        }
        cJSON_Delete(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_told_with_its_default_and_its_rules),
        cmocka_unit_test(every_key_metric_code_label_and_rule_is_told),
        cmocka_unit_test(a_metric_is_told_with_its_labels),
        cmocka_unit_test(a_rule_is_told_with_what_belongs_to_it),
        cmocka_unit_test(texts_stand_alone),
    };
    return cmocka_run_group_tests_name("topics_input", tests, NULL, NULL);
}
