#include "tests/bench/probe.h"

#include "bench/input/patch.c"

static const char *patch_of(struct arena *arena, const char *resolved, const char *const *sets)
{
    struct scenario_change changes[8];
    size_t count = 0;
    for (; sets[2 * count]; count++)
        changes[count] =
            (struct scenario_change){.pointer = sets[2 * count], .json = sets[2 * count + 1]};
    return patch_text(arena, resolved, changes, count);
}

static void a_patch_holds_what_changes_and_no_more(void **state)
{
    (void)state;
    static const char file[] = "{\"apps\":{\"A\":{\"x\":1,\"y\":2,\"l\":[{\"r\":1},{\"r\":2}]},"
                               "\"B\":{\"x\":3}},\"s/~\":4}";
    static const struct {
        const char *sets[8], *patch;
    } rows[] = {
        {{"/apps/A/x", "5"}, "{\"apps\":{\"A\":{\"x\":5}}}"},
        {{"/apps/A/x", "5", "/apps/B/x", "\"5m\""},
         "{\"apps\":{\"A\":{\"x\":5},\"B\":{\"x\":\"5m\"}}}"},
        {{"/apps/A/new", "{\"a\":1}"}, "{\"apps\":{\"A\":{\"new\":{\"a\":1}}}}"},
        // A list is replaced as a whole.
        {{"/apps/A/l/1/r", "9"}, "{\"apps\":{\"A\":{\"l\":[{\"r\":1},{\"r\":9}]}}}"},
        {{"/apps/A/l/1/r", "9", "/apps/A/l/0/r", "8"},
         "{\"apps\":{\"A\":{\"l\":[{\"r\":8},{\"r\":9}]}}}"},
        {{"/s~1~0", "1"}, "{\"s/~\":1}"},
    };
    struct probe p = probe_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(patch_of(p.arena, file, rows[i].sets), rows[i].patch);
    probe_close(&p);
}

// Merging the patch into the file gives the same as the changes themselves.
static void a_patch_does_what_the_changes_do(void **state)
{
    (void)state;
    static const char file[] = "{\"a\":{\"b\":[1,2,3],\"c\":\"x\"}}";
    static const char *const sets[] = {"/a/b/2", "7", "/a/c", "null", "/a/d", "{}", NULL, NULL};
    struct probe p = probe_open();
    cJSON *root = cJSON_Parse(file), *patch = cJSON_Parse(patch_of(p.arena, file, sets));
    json_merge(root, patch);
    assert_string_equal(json_write(p.arena, root), "{\"a\":{\"b\":[1,2,7],\"d\":{}}}");
    cJSON_Delete(root);
    cJSON_Delete(patch);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patch_holds_what_changes_and_no_more),
        cmocka_unit_test(a_patch_does_what_the_changes_do),
    };
    return cmocka_run_group_tests_name("patch", tests, NULL, NULL);
}
