#include "tests/bench/probe.h"

#include "bench/input/file.c"

static void expect_problem(const char *path, const char *message)
{
    struct probe p = probe_open();
    struct file_text file;
    assert_false(file_read(&file, p.arena, path, p.diag));
    probe_listen(&p);
    if (!strstr(p.messages, message)) fail_msg("%s: %s", path, p.messages);
    probe_close(&p);
}

static void a_file_is_read_whole(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct file_text file;
    char path[64];
    probe_write(path, "f.json", "{\0}\n", 4);
    assert_true(file_read(&file, p.arena, path, p.diag));
    assert_int_equal(file.length, 4);
    assert_memory_equal(file.text, "{\0}\n", 5);
    assert_string_equal(file.name, path);
    probe_remove(path);
    probe_close(&p);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    char path[64];
    expect_problem("/nowhere/at.json", "error[E0101]: expected a file, got none of that name");
    expect_problem("/dev/null/x.json", "error[E0101]");
    expect_problem("/tmp", "error[E0102]: expected a file, got a directory");
    expect_problem("/dev/zero", "error[E0102]: expected a file or a pipe, got a device");
    probe_write(path, "empty.json", "", 0);
    expect_problem(path, "error[E0104]: expected a scenario, got an empty file");
    probe_remove(path);
}

static void an_unreadable_file_is_refused(void **state)
{
    (void)state;
    char path[64];
    if (geteuid() == 0) skip(); // may read everything
    probe_write(path, "secret.json", "{}", 2);
    assert_int_equal(chmod(path, 0), 0);
    expect_problem(path, "error[E0103]");
    probe_remove(path);
}

static void the_size_limit_is_exact(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct file_text file;
    char path[64];
    char *bytes = calloc(1, FILE_SIZE_MAX + 1);
    assert_non_null(bytes);
    probe_write(path, "large.json", bytes, FILE_SIZE_MAX);
    assert_true(file_read(&file, p.arena, path, p.diag));
    assert_int_equal(file.length, FILE_SIZE_MAX);
    probe_remove(path);
    probe_write(path, "large.json", bytes, FILE_SIZE_MAX + 1);
    expect_problem(path, "error[E0105]: expected at most 16 MiB");
    probe_remove(path);
    free(bytes);
    probe_close(&p);
}

static void a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    struct probe p = probe_open();
    struct file_text file;
    int ends[2], keep = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "{}", 2), 2);
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    assert_true(file_read(&file, p.arena, "-", p.diag));
    assert_string_equal(file.name, "<stdin>");
    assert_string_equal(file.text, "{}");
    dup2(keep, STDIN_FILENO);
    close(keep);
    close(ends[0]);
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_whole),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(an_unreadable_file_is_refused),
        cmocka_unit_test(the_size_limit_is_exact),
        cmocka_unit_test(a_pipe_is_read_to_its_end),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
