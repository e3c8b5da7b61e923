#include "tests/bench/probe.h"

#include "bench/input/trace_names.c"

static void names_are_numbered_in_order_of_appearance(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 24);
    struct trace_names *names = trace_names_create(arena);
    static const char *const words[] = {"acme", "globex", "acme", "", "globex", "a"};
    static const uint32_t numbers[] = {0, 1, 0, 2, 1, 3};
    uint32_t index;
    for (unsigned i = 0; i < 6; i++) {
        char text[16];
        snprintf(text, sizeof text, "%s", words[i]);
        assert_true(trace_names_add(names, text, 10 + i, i, &index));
        memset(text, 'x', sizeof text - 1); // the text is kept, not pointed at
        assert_int_equal(index, numbers[i]);
    }
    assert_int_equal(names->count, 4);
    assert_string_equal(names->names[1].text, "globex");
    assert_int_equal(names->names[1].line, 11);
    assert_int_equal(names->names[1].column, 1);
    assert_true(trace_names_find(names, "a", &index));
    assert_int_equal(index, 3);
    assert_false(trace_names_find(names, "b", &index));
    arena_destroy(arena);
}

static void a_thousand_names_fit(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 24);
    struct trace_names *names = trace_names_create(arena);
    uint32_t index;
    char text[16];
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < TRACE_NAMES_MAX; i++) {
            snprintf(text, sizeof text, "caller %u", (unsigned)i);
            assert_true(trace_names_add(names, text, 1, 1, &index));
            assert_int_equal(index, i);
        }
    assert_false(trace_names_add(names, "one more", 1, 1, &index));
    assert_true(trace_names_add(names, "caller 999", 1, 1, &index));
    arena_destroy(arena);
}

// The published values of FNV-1a, 64 bits.
static void the_hash_is_the_published_one(void **state)
{
    (void)state;
    assert_true(trace_names_hash("") == UINT64_C(0xcbf29ce484222325));
    assert_true(trace_names_hash("a") == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(trace_names_hash("foobar") == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_numbered_in_order_of_appearance),
        cmocka_unit_test(a_thousand_names_fit),
        cmocka_unit_test(the_hash_is_the_published_one),
    };
    return cmocka_run_group_tests_name("trace_names", tests, NULL, NULL);
}
