#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/trace.c"

static uint64_t fold_bytes(const char *bytes)
{
    struct trace_hash hash;
    trace_hash_start(&hash);
    for (; *bytes; bytes++)
        hash.value = fold_byte(hash.value, (unsigned char)*bytes);
    return hash.value;
}

static void bytes_fold_as_published(void **state)
{
    (void)state;
    assert_true(fold_bytes("") == 0xcbf29ce484222325);
    assert_true(fold_bytes("a") == 0xaf63dc4c8601ec8c);
    assert_true(fold_bytes("foobar") == 0x85944171f73967e8);
}

static uint64_t hash_of(const struct trace_record *records, size_t count)
{
    struct trace_hash hash;
    trace_hash_start(&hash);
    for (size_t i = 0; i < count; i++)
        trace_hash_record(&hash, &records[i]);
    assert_int_equal(hash.records, count);
    return hash.value;
}

static void equal_records_hash_equal_wherever_their_names_lie(void **state)
{
    (void)state;
    char name[] = "runner", copy[] = "runner";
    const struct trace_record a = {.at = 5, .what = name, .detail = "x", .who = 1, .arg = 2};
    const struct trace_record b = {.at = 5, .what = copy, .detail = "x", .who = 1, .arg = 2};
    assert_true(hash_of(&a, 1) == hash_of(&b, 1));
}

static void every_field_and_the_order_count(void **state)
{
    (void)state;
    static const struct trace_record rows[] = {
        {.at = 5, .what = "ab", .detail = "c", .who = 1, .arg = 2},
        {.at = 6, .what = "ab", .detail = "c", .who = 1, .arg = 2},
        {.at = 5 + (INT64_C(1) << 60), .what = "ab", .detail = "c", .who = 1, .arg = 2},
        {.at = 5, .what = "a", .detail = "bc", .who = 1, .arg = 2},
        {.at = 5, .what = "ab", .detail = "", .who = 1, .arg = 2},
        {.at = 5, .what = "ab", .detail = NULL, .who = 1, .arg = 2},
        {.at = 5, .what = "ab", .detail = "c", .who = 2, .arg = 2},
        {.at = 5, .what = "ab", .detail = "c", .who = 2, .arg = 1},
        {.at = 5, .what = "ab", .detail = "c", .who = 1, .arg = 3},
        {.at = 5, .what = "ab", .detail = "c", .who = 1, .arg = UINT64_C(2) << 56},
    };
    enum { COUNT = sizeof rows / sizeof *rows };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < i; j++) {
            assert_true(hash_of(&rows[i], 1) != hash_of(&rows[j], 1));
            const struct trace_record forth[] = {rows[i], rows[j]}, back[] = {rows[j], rows[i]};
            assert_true(hash_of(forth, 2) != hash_of(back, 2));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_fold_as_published),
        cmocka_unit_test(equal_records_hash_equal_wherever_their_names_lie),
        cmocka_unit_test(every_field_and_the_order_count),
    };
    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
