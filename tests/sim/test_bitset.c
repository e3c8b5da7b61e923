#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/bitset.c"
#include "sim/rng.h"
#include "tests/sim/crash.h"

static uint32_t next_of(const bool *members, uint32_t size, uint32_t from)
{
    for (uint32_t i = from; i < size; i++)
        if (members[i]) return i;
    return BITSET_NONE;
}

static uint32_t last_of(const bool *members, uint32_t size)
{
    for (uint32_t i = size; i > 0; i--)
        if (members[i - 1]) return i - 1;
    return BITSET_NONE;
}

// Up to 300000, which needs more than one word on the top level.
static void any_sequence_of_steps_agrees_with_an_array(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {1, 63, 64, 65, 4096, 4097, 300000};
    static bool members[300000];
    const uint64_t seed = 3;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        uint32_t size = sizes[s];
        struct arena *arena = arena_create(1 << 20);
        struct bitset *set = bitset_create(arena, size);
        struct rng_stream stream;
        rng_stream_open(&stream, seed, 0, size);
        memset(members, 0, sizeof members);
        for (uint64_t step = 0; step < 2000; step++) {
            uint64_t word = rng_word(&stream, step);
            // Few different members, so that they are often the same and the set is often empty.
            uint32_t member = (uint32_t)((word >> 8) % 5 * 0x9E3779B1u % size);
            if (word % 2) member = (uint32_t)((word >> 16) % size);
            bool add = word % 7 < (step / 200 % 2 ? 1 : 5);
            if (add) bitset_add(set, member);
            if (!add) bitset_remove(set, member);
            members[member] = add;
            if (step % 500 == 499) {
                bitset_clear(set);
                memset(members, 0, sizeof members);
            }
            uint32_t from = (uint32_t)((word >> 40) % size);
            assert_int_equal(bitset_has(set, from), members[from]);
            assert_int_equal(bitset_next(set, from), next_of(members, size, from));
            assert_int_equal(bitset_last(set), last_of(members, size));
        }
        arena_destroy(arena);
    }
}

static void the_members_come_in_rising_order(void **state)
{
    (void)state;
    static const uint32_t members[] = {0, 1, 63, 64, 4095, 4096, 262143, 262144, BITSET_MAX - 1};
    struct arena *arena = arena_create(8 << 20);
    struct bitset *set = bitset_create(arena, BITSET_MAX);
    for (size_t i = sizeof members / sizeof *members; i-- > 0;)
        bitset_add(set, members[i]);
    uint32_t at = 0;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        at = bitset_next(set, at);
        assert_int_equal(at, members[i]);
        at++;
    }
    assert_int_equal(bitset_next(set, at), BITSET_NONE);
    assert_int_equal(bitset_next(set, UINT32_MAX), BITSET_NONE);
    assert_int_equal(bitset_last(set), BITSET_MAX - 1);
    arena_destroy(arena);
}

static void an_empty_set_has_no_next_and_no_last(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {0, 1, 1000, BITSET_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct arena *arena = arena_create(8 << 20);
        struct bitset *set = bitset_create(arena, sizes[i]);
        assert_int_equal(bitset_next(set, 0), BITSET_NONE);
        assert_int_equal(bitset_last(set), BITSET_NONE);
        bitset_clear(set);
        arena_destroy(arena);
    }
}

static void adding_or_removing_twice_is_once(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    struct bitset *set = bitset_create(arena, 100);
    bitset_add(set, 70);
    bitset_add(set, 70);
    bitset_remove(set, 70);
    assert_false(bitset_has(set, 70));
    bitset_remove(set, 70);
    assert_int_equal(bitset_last(set), BITSET_NONE);
    arena_destroy(arena);
}

static void add_outside(void *set)
{
    bitset_add(set, 100);
}

static void a_member_outside_is_a_bug(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    struct crash crash = crash_of(add_outside, bitset_create(arena, 100));
    assert_true(crash_is_bug(&crash, "member < set->size"));
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_sequence_of_steps_agrees_with_an_array),
        cmocka_unit_test(the_members_come_in_rising_order),
        cmocka_unit_test(an_empty_set_has_no_next_and_no_last),
        cmocka_unit_test(adding_or_removing_twice_is_once),
        cmocka_unit_test(a_member_outside_is_a_bug),
    };
    return cmocka_run_group_tests_name("bitset", tests, NULL, NULL);
}
