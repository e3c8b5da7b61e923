#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/arena.c"
#include "sim/rng.h"
#include "tests/sim/crash.h"

#include <errno.h>

static bool all_zero(const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != 0) return false;
    return true;
}

static void blocks_are_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    static const size_t sizes[] = {1, 15, 16, 17, 4095, 4096, 4097, 3, 65536, 0, 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *block = arena_alloc(arena, 1, sizes[i]);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % (sizes[i] < 4096 ? 16 : 64), 0);
        assert_true(all_zero(block, sizes[i]));
        memset(block, 0xFF, sizes[i]); // a neighbour that overlaps would no longer be zero
    }
    arena_destroy(arena);
}

static void a_dirty_arena_zeroes_again(void **state)
{
    (void)state;
    const uint64_t seed = 20240501;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct rng_stream stream;
    rng_stream_open(&stream, seed, 0, 0);
    uint64_t n = 0;
    struct arena *arena = arena_create(64 << 20);
    for (int life = 0; life < 40; life++) {
        for (int block = 0; block < 20; block++) {
            // Sizes from a few bytes to 2 MiB, so that both ways of zeroing and their edges are
            // met.
            size_t size = (size_t)(rng_word(&stream, n) >> (43 + rng_word(&stream, n + 1) % 20));
            bool raw = rng_word(&stream, n + 2) % 3 == 0;
            n += 3;
            unsigned char *bytes =
                raw ? arena_alloc_raw(arena, 1, size) : arena_alloc(arena, 1, size);
            if (!raw && !all_zero(bytes, size))
                fail_msg("life %d, block %d of %zu bytes", life, block, size);
            memset(bytes, 0xFF, size);
        }
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_destroy(arena);
}

static size_t resident_pages(const unsigned char *from, size_t bytes, size_t page)
{
    size_t count = 0;
    unsigned char *start = (unsigned char *)(((uintptr_t)from + page - 1) & ~(uintptr_t)(page - 1));
    for (size_t at = 0; at + 2 * page <= bytes; at += page) {
        unsigned char resident = 0;
        assert_int_equal(mincore(start + at, page, &resident), 0);
        count += resident & 1;
    }
    return count;
}

static void memory_that_is_not_touched_costs_nothing_in_any_life(void **state)
{
    (void)state;
    const size_t size = 128 << 20;
    struct arena *arena = arena_create(size + (1 << 20));
    for (int life = 0; life < 3; life++) {
        unsigned char *block = arena_alloc(arena, size, 1);
        assert_true(resident_pages(block, size, arena->page) <= 1);
        assert_int_equal(block[size / 2], 0);
        block[size / 2] = 1;
        arena_reset(arena);
    }
    arena_destroy(arena);
}

static void used_counts_what_was_given_away(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    assert_int_equal(arena_used(arena), 0);
    (void)arena_new(arena, uint64_t, 4);
    assert_int_equal(arena_used(arena), 32);
    (void)arena_new(arena, char, 1);
    (void)arena_new(arena, char, 1);
    assert_int_equal(arena_used(arena), 49);
    arena_destroy(arena);
}

static void a_text_is_copied_with_its_end(void **state)
{
    (void)state;
    struct arena *arena = arena_create(4096);
    char text[] = "GPU-A100";
    char *copy = arena_copy_text(arena, text);
    text[0] = 'X';
    assert_string_equal(copy, "GPU-A100");
    assert_string_equal(arena_copy_text(arena, ""), "");
    arena_destroy(arena);
}

static void the_whole_reservation_can_be_used(void **state)
{
    (void)state;
    struct arena *arena = arena_create(10000);
    memset(arena_alloc(arena, 1, 10000), 0xFF, 10000);
    arena_destroy(arena);
    arena_destroy(NULL);
}

static void a_reservation_that_the_system_refuses_is_null(void **state)
{
    (void)state;
    errno = 0;
    assert_null(arena_create(SIZE_MAX));
    assert_int_equal(errno, ENOMEM);
}

static void alloc_too_much(void *arena)
{
    (void)arena_alloc(arena, 1, 100000);
}
static void alloc_one_byte_too_much(void *arena)
{
    (void)arena_alloc(arena, 1, 65536 - HEADER + 1);
}
static void alloc_past_size_max(void *arena)
{
    (void)arena_alloc(arena, SIZE_MAX / 2, 3);
}
static void alloc_almost_size_max(void *arena)
{
    (void)arena_alloc(arena, 1, SIZE_MAX - 8);
}
static void alloc_one(void *arena)
{
    (void)arena_alloc(arena, 1, 1);
}

static void running_out_ends_the_program_and_names_the_size(void **state)
{
    (void)state;
    static void (*const runs[])(void *) = {
        alloc_too_much,
        alloc_one_byte_too_much,
        alloc_past_size_max,
        alloc_almost_size_max,
    };
    struct arena *arena = arena_create(65536 - HEADER);
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        struct crash crash = crash_of(runs[i], arena);
        assert_int_equal(crash.signal, 0);
        assert_int_equal(crash.status, 1);
        assert_non_null(strstr(crash.text, "warmpool: out of memory: an arena of 65472 bytes"));
    }
    arena_destroy(arena);
}

static void a_sealed_arena_refuses_until_the_next_life(void **state)
{
    (void)state;
    struct arena *arena = arena_create(4096);
    arena_seal(arena);
    struct crash crash = crash_of(alloc_one, arena);
    assert_true(crash_is_bug(&crash, "!arena->sealed"));
    arena_reset(arena);
    assert_non_null(arena_alloc(arena, 1, 1));
    arena_destroy(arena);
}

#ifdef SIM_CHECKS_SLOW
static void a_reset_overwrites_the_old_life(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    unsigned char *small = arena_alloc(arena, 1, 100), *large = arena_alloc(arena, 1, 10000);
    memset(small, 1, 100);
    memset(large, 1, 10000);
    arena_reset(arena);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(small[i], 0xA5);
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(large[i], 0xA5);
    arena_destroy(arena);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zeroed_and_aligned),
        cmocka_unit_test(a_dirty_arena_zeroes_again),
        cmocka_unit_test(memory_that_is_not_touched_costs_nothing_in_any_life),
        cmocka_unit_test(used_counts_what_was_given_away),
        cmocka_unit_test(a_text_is_copied_with_its_end),
        cmocka_unit_test(the_whole_reservation_can_be_used),
        cmocka_unit_test(a_reservation_that_the_system_refuses_is_null),
        cmocka_unit_test(running_out_ends_the_program_and_names_the_size),
        cmocka_unit_test(a_sealed_arena_refuses_until_the_next_life),
#ifdef SIM_CHECKS_SLOW
        cmocka_unit_test(a_reset_overwrites_the_old_life),
#endif
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
