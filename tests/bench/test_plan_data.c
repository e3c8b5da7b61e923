#include "tests/bench/plan_kit.h"

#include <cjson/cJSON.h>

#include "bench/output/plan_data.c"

#define TWO_KNOBS                                                                                  \
    PLAN_MMC("1200s", "8",                                                                         \
             "\"subject_to\": [{\"metric\": \"wait_mean_s\", \"max\": 0.3}], \"knobs\": "          \
             "{\"/apps/A/max_concurrency\": {\"from\": 9, \"to\": 11}, "                           \
             "\"/apps/A/keep_alive\": {\"values\": [\"1m\"]}}")

static char *text;
static size_t size;

static void json_says_what_was_chosen_and_why(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, TWO_KNOBS);
    FILE *out = open_memstream(&text, &size);
    assert_true(plan_data_json(out, &p.result, 0));
    fclose(out);
    cJSON *root = cJSON_ParseWithLengthOpts(text, size + 1, NULL, 1);
    assert_non_null(root);
    const cJSON *points = cJSON_GetObjectItem(root, "points"),
                *chosen = cJSON_GetArrayItem(points, 1);
    assert_int_equal(cJSON_GetArraySize(points), 3);
    assert_string_equal(cJSON_GetObjectItem(root, "chosen")->valuestring,
                        cJSON_GetObjectItem(chosen, "id")->valuestring);
    assert_string_equal(cJSON_GetObjectItem(chosen, "standing")->valuestring, "feasible");
    const cJSON *setting = cJSON_GetObjectItem(chosen, "setting");
    assert_string_equal(
        cJSON_GetObjectItemCaseSensitive(setting, "/apps/A/keep_alive")->valuestring, "1m");
    const cJSON *method = cJSON_GetObjectItem(root, "method");
    assert_string_equal(cJSON_GetObjectItem(method, "name")->valuestring, "grid");
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(root, "closest")));
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(root, "neighbours")), 4);
    cJSON_Delete(root);
    free(text);
    plan_kit_free(&p);
}

static void the_patch_is_the_setting(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, TWO_KNOBS);
    FILE *out = open_memstream(&text, &size);
    assert_true(plan_data_patch(out, &p.result));
    fclose(out);
    assert_string_equal(text,
                        "{\"apps\":{\"A\":{\"max_concurrency\":10,\"keep_alive\":\"1m\"}}}\n");
    free(text);
    plan_kit_free(&p);
}

static void points_are_tidy(void **state)
{
    (void)state;
    struct planned p;
    plan_kit_run(&p, TWO_KNOBS);
    FILE *out = open_memstream(&text, &size);
    assert_true(plan_data_points(out, &p.result));
    fclose(out);
    assert_int_equal(strncmp(text, "point,max_concurrency,keep_alive,feasibility,metric,", 52), 0);
    char row[100];
    snprintf(row, sizeof row, "\r\n%s,9,1m,infeasible,wait_mean_s,A,",
             p.result.points[0]->what.name);
    assert_non_null(strstr(text, row));
    free(text);
    plan_kit_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_says_what_was_chosen_and_why),
        cmocka_unit_test(the_patch_is_the_setting),
        cmocka_unit_test(points_are_tidy),
    };
    return cmocka_run_group_tests_name("plan_data", tests, NULL, NULL);
}
