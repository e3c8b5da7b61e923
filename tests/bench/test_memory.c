#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/experiment/memory.c"

static void aligned_blocks_start_lines_and_are_zeroed(void **state)
{
    (void)state;
    for (size_t size = 1; size < 300; size += 37) {
        unsigned char *block = memory_aligned(size);
        assert_int_equal((uintptr_t)block % CACHE_LINE, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(block[i], 0);
        free(block);
    }
}

static void growing_keeps_what_was_there(void **state)
{
    (void)state;
    int *numbers = memory_new(sizeof *numbers, 2);
    numbers[1] = 42;
    numbers = memory_grow(numbers, sizeof *numbers, 1000);
    assert_int_equal(numbers[0], 0);
    assert_int_equal(numbers[1], 42);
    free(numbers);
}

static void nothing_is_a_block_too(void **state)
{
    (void)state;
    void *none = memory_new(0, 0);
    assert_non_null(none);
    free(none);
    assert_null(memory_text(NULL));
    char *text = memory_text("");
    assert_string_equal(text, "");
    free(text);
}

static void running_out_ends_with_one(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _exit(3);
        memory_grow(NULL, 1u << 20, SIZE_MAX / 2);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aligned_blocks_start_lines_and_are_zeroed),
        cmocka_unit_test(growing_keeps_what_was_there),
        cmocka_unit_test(nothing_is_a_block_too),
        cmocka_unit_test(running_out_ends_with_one),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
