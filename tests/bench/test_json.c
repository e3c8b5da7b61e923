#include "tests/bench/probe.h"

#include "bench/input/json.c"

static cJSON *parse(struct probe *p, struct json *json, const char *file, const char *text)
{
    struct lexer_source source = {file, text, strlen(text)};
    cJSON *root = json_parse(json, &source, p->diag);
    assert_non_null(root);
    return root;
}

static void every_node_knows_its_place_and_pointer(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    cJSON *root = parse(&p, json, "f", "{\"a/b\": [1,\n {\"~\": true}]}");
    const cJSON *list = json_child(root, "a/b"), *flag = list->child->next->child;
    assert_string_equal(json_pointer(json, root), "");
    assert_string_equal(json_pointer(json, flag), "/a~1b/1/~0");
    assert_string_equal(json_pointer_to(json, list->child->next, "x/y"), "/a~1b/1/x~1y");
    struct diag_place value = json_place(json, flag), key = json_key_place(json, flag);
    assert_string_equal(value.file, "f");
    assert_int_equal(value.line, 2);
    assert_int_equal(value.column, 8);
    assert_int_equal(key.column, 3);
    cJSON_Delete(root);
    probe_close(&p);
}

static void copies_and_patches_keep_their_places(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    cJSON *base = parse(&p, json, "f", "{\"a\": 1, \"o\": {\"x\": 1, \"y\": 2}}");
    cJSON *patch =
        parse(&p, json, "g", "{\"b\": {\"c\": 5, \"n\": null},\n\"o\": {\"x\": null, \"y\": 3}}");
    cJSON *copy = cJSON_Duplicate(base, 1);
    json_merge(copy, patch);
    assert_string_equal(json_write(p.arena, copy), "{\"a\":1,\"o\":{\"y\":3},\"b\":{\"c\":5}}");
    assert_string_equal(json_write(p.arena, base), "{\"a\":1,\"o\":{\"x\":1,\"y\":2}}");
    assert_string_equal(json_place(json, json_child(copy, "a")).file, "f");
    const cJSON *y = json_child(json_child(copy, "o"), "y"),
                *c = json_child(json_child(copy, "b"), "c");
    assert_string_equal(json_place(json, y).file, "g");
    assert_string_equal(json_place(json, json_child(copy, "b")).file, "g");
    assert_int_equal(json_place(json, y).line, 2);
    assert_int_equal(json_place(json, c).column, 13);
    assert_string_equal(json_pointer(json, c), "/b/c");
    cJSON_Delete(base);
    cJSON_Delete(patch);
    cJSON_Delete(copy);
    probe_close(&p);
}

// The cases of RFC 7396, appendix A, whose patch is an object.
static void merging_follows_the_rfc(void **state)
{
    (void)state;
    static const struct {
        const char *target, *patch, *result;
    } rows[] = {
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
        {"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
        {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
        {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
        {"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"},
        {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
        {"{\"a\":\"foo\"}", "{\"a\":{\"b\":null}}", "{\"a\":{}}"},
        {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
    };
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cJSON *target = parse(&p, json, "f", rows[i].target),
              *patch = parse(&p, json, "g", rows[i].patch);
        json_merge(target, patch);
        assert_string_equal(json_write(p.arena, target), rows[i].result);
        cJSON_Delete(target);
        cJSON_Delete(patch);
    }
    probe_close(&p);
}

static void a_moved_tree_has_a_new_pointer_and_may_have_a_new_file(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    cJSON *root = parse(&p, json, "f", "{\"v\": {\"k\": [7]}}");
    cJSON *value = json_child(root, "v");
    json_move(json, value, "/apps/A", NULL);
    assert_string_equal(json_pointer(json, value->child->child), "/apps/A/k/0");
    assert_int_equal(json_place(json, value->child->child).column, 14);
    json_move(json, value, "/x", "--set");
    assert_string_equal(json_pointer(json, value->child->child), "/x/k/0");
    assert_int_equal(json_place(json, value->child->child).line, 0);
    assert_string_equal(json_file(json, value->child->child), "--set");
    json_settle(json, value, "/y", (struct diag_place){"g", 3, 9}); // all of it as written there
    assert_string_equal(json_pointer(json, value->child->child), "/y/k/0");
    assert_string_equal(json_file(json, value->child->child), "g");
    assert_int_equal(json_place(json, value->child->child).line, 3);
    assert_int_equal(json_key_place(json, value->child).column, 9);
    cJSON_Delete(root);
    probe_close(&p);
}

static void writing_and_reading_gives_the_same_text(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    static const char text[] =
        "{\"z\":[0.30000000000000004,1e-07,-0,9007199254740991],\"a\":{\"\":null},"
        "\"t\":[true,false],\"s\":\"\\\"\\\\\\u0001\xC3\xA9\"}";
    cJSON *root = parse(&p, json, "f", text);
    assert_string_equal(json_write(p.arena, root), text);
    cJSON_Delete(root);
    probe_close(&p);
}

static void keys_are_found_by_case(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    cJSON *root = parse(&p, json, "f", "{\"Rate\": 1}");
    assert_null(json_child(root, "rate"));
    assert_non_null(json_child(root, "Rate"));
    assert_null(json_child(NULL, "rate"));
    cJSON_Delete(root);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_knows_its_place_and_pointer),
        cmocka_unit_test(copies_and_patches_keep_their_places),
        cmocka_unit_test(merging_follows_the_rfc),
        cmocka_unit_test(a_moved_tree_has_a_new_pointer_and_may_have_a_new_file),
        cmocka_unit_test(writing_and_reading_gives_the_same_text),
        cmocka_unit_test(keys_are_found_by_case),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
