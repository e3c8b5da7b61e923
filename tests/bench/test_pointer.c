#include "tests/bench/probe.h"

#include "bench/input/pointer.c"

static const char document[] =
    "{\"a\": {\"b\": [1, 2], \"\": 0, \"x/y\": 1, \"m~n\": 2}, \"apps\": {\"MyApp\": {}}}";

static void set_and_compare(const char *option, const char *result)
{
    struct probe p = probe_open();
    struct json *json = json_create(p.arena);
    struct lexer_source source = {"f", document, strlen(document)};
    cJSON *root = json_parse(json, &source, p.diag);
    bool good = pointer_override(json, root, option, p.diag);
    probe_listen(&p);
    if (*result == '{') {
        if (!good) fail_msg("%s: %s", option, p.messages);
        assert_string_equal(json_write(p.arena, root), result);
    } else if (good || !strstr(p.messages, result)) {
        fail_msg("%s: %s", option, p.messages);
    }
    cJSON_Delete(root);
    probe_close(&p);
}

#define DOCUMENT(b, rest)                                                                          \
    "{\"a\":{\"b\":" b ",\"\":0,\"x/y\":1,\"m~n\":2" rest "},\"apps\":{\"MyApp\":{}}}"

static void values_go_where_the_pointer_says(void **state)
{
    (void)state;
    set_and_compare("/a/b/0=7", DOCUMENT("[7,2]", ""));
    set_and_compare("/a/b/1=[]", DOCUMENT("[1,[]]", ""));
    set_and_compare("/a/b/-=3", DOCUMENT("[1,2,3]", ""));
    set_and_compare("/a/b={\"c\": 1}", DOCUMENT("{\"c\":1}", ""));
    set_and_compare("/a/new=x=y", DOCUMENT("[1,2]", ",\"new\":\"x=y\""));
    set_and_compare("/a/new=", DOCUMENT("[1,2]", ",\"new\":\"\""));
    set_and_compare("/a/new=01", DOCUMENT("[1,2]", ",\"new\":\"01\""));
    set_and_compare("/a/new=null", DOCUMENT("[1,2]", ",\"new\":null"));
    set_and_compare("/a/new=\"5\"", DOCUMENT("[1,2]", ",\"new\":\"5\""));
}

static void escapes_stand_for_slash_and_tilde(void **state)
{
    (void)state;
    set_and_compare("/a/x~1y=5",
                    "{\"a\":{\"b\":[1,2],\"\":0,\"x/y\":5,\"m~n\":2},\"apps\":{\"MyApp\":{}}}");
    set_and_compare("/a/m~0n=5",
                    "{\"a\":{\"b\":[1,2],\"\":0,\"x/y\":1,\"m~n\":5},\"apps\":{\"MyApp\":{}}}");
    set_and_compare("/a/=5",
                    "{\"a\":{\"b\":[1,2],\"\":5,\"x/y\":1,\"m~n\":2},\"apps\":{\"MyApp\":{}}}");
}

static void paths_that_lead_nowhere_are_refused(void **state)
{
    (void)state;
    set_and_compare("/apps/MyAp/x=1",
                    "--set: error[E0309]: /apps/MyAp/x: expected a path that exists, got "
                    "\"/apps/MyAp\"; did you mean \"MyApp\"?");
    set_and_compare("/nothing/x=1", "only the last key of a path may be new");
    set_and_compare("/a/b/2=1", "expected an index from 0 to 1, or \"-\", got \"2\"");
    set_and_compare("/a/b/01=1", "expected an index");
    set_and_compare("/a/b/-1=1", "expected an index");
    set_and_compare("/a/b/x=1", "expected an index");
    set_and_compare("/a/b/5/c=1", "expected an index");
    set_and_compare("/a/b/0/c=1", "expected a path into an object or a list");
    set_and_compare("/a/~2=1", "expected ~0 for a tilde or ~1 for a slash");
    set_and_compare("/a/~=1", "expected ~0 for a tilde");
    set_and_compare("=1", "expected /json/pointer=value");
    set_and_compare("/a", "expected /json/pointer=value");
    set_and_compare("a/b=1", "expected /json/pointer=value");
    set_and_compare("/a/b=\xFF", "error[E0203]");
}

static void very_long_steps_are_refused(void **state)
{
    (void)state;
    char option[STEP_MAX + 8] = "/";
    memset(option + 1, 'k', STEP_MAX);
    memcpy(option + 1 + STEP_MAX, "=1", 3);
    set_and_compare(option, "keys of at most 255 bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_where_the_pointer_says),
        cmocka_unit_test(escapes_stand_for_slash_and_tilde),
        cmocka_unit_test(paths_that_lead_nowhere_are_refused),
        cmocka_unit_test(very_long_steps_are_refused),
    };
    return cmocka_run_group_tests_name("pointer", tests, NULL, NULL);
}
