#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/files.c" // the module under test, statics included

#include <signal.h>
#include <sys/resource.h>

#include "tests/bench/scratch.h"

static void assert_content(const char *folder, const char *name, const char *expected)
{
    char *text = scratch_read(folder, name);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void write_text(const char *folder, const char *name, const char *text)
{
    struct files_writer writer;
    struct files_problem problem;
    assert_true(files_open(&writer, folder, name, &problem));
    fputs(text, writer.stream);
    assert_true(files_close(&writer, &problem));
}

static void a_file_appears_whole_when_it_is_closed(void **state)
{
    const char *folder = *state;
    struct files_writer writer;
    struct files_problem problem;
    write_text(folder, "a.txt", "old");
    assert_true(files_open(&writer, folder, "a.txt", &problem));
    fputs("new", writer.stream);
    fflush(writer.stream);
    assert_content(folder, "a.txt", "old");
    assert_true(files_close(&writer, &problem));
    assert_content(folder, "a.txt", "new");
    assert_int_equal(scratch_count(folder), 1);
}

static void an_abandoned_file_leaves_nothing(void **state)
{
    const char *folder = *state;
    struct files_writer writer;
    struct files_problem problem;
    assert_true(files_open(&writer, folder, "a.txt", &problem));
    fputs("half", writer.stream);
    files_abandon(&writer);
    files_abandon(&writer);
    assert_int_equal(scratch_count(folder), 0);
}

static void a_full_disk_keeps_the_old_file_and_says_so(void **state)
{
    const char *folder = *state;
    struct files_writer writer;
    struct files_problem problem;
    int full = open("/dev/full", O_WRONLY);
    if (full < 0) skip();
    write_text(folder, "a.txt", "old");
    assert_true(files_open(&writer, folder, "a.txt", &problem));
    dup2(full, fileno(writer.stream));
    close(full);
    fputs("new", writer.stream);
    assert_false(files_close(&writer, &problem));
    assert_non_null(strstr(problem.text, "a.txt"));
    assert_non_null(strstr(problem.text, strerror(ENOSPC)));
    assert_non_null(strstr(problem.text, "make room"));
    assert_content(folder, "a.txt", "old");
    assert_int_equal(scratch_count(folder), 1);
}

// The error comes long before the end, from a flush that nobody looks at; the last flush succeeds.
static void an_early_error_is_not_forgotten(void **state)
{
    const char *folder = *state;
    struct files_writer writer;
    struct files_problem problem;
    struct rlimit old, tight;
    getrlimit(RLIMIT_FSIZE, &old);
    tight = old;
    tight.rlim_cur = 100000;
    signal(SIGXFSZ, SIG_IGN);
    assert_true(files_open(&writer, folder, "big.csv", &problem));
    setrlimit(RLIMIT_FSIZE, &tight);
    for (int i = 0; i < 20000; i++)
        fputs("0123456789", writer.stream);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_true(ferror(writer.stream));
    assert_false(files_close(&writer, &problem));
    assert_int_equal(scratch_count(folder), 0);
}

static void a_left_over_of_a_crash_is_no_obstacle(void **state)
{
    const char *folder = *state;
    char name[64];
    snprintf(name, sizeof name, "a.txt.%ld-0.part", (long)getpid());
    write_text(folder, name, "left over");
    write_text(folder, "a.txt", "new");
    assert_int_equal(scratch_count(folder), 2);
}

static void a_vanished_folder_is_a_message(void **state)
{
    const char *folder = *state;
    struct files_writer writer;
    struct files_problem problem;
    char gone[128];
    snprintf(gone, sizeof gone, "%s/gone", folder);
    assert_false(files_open(&writer, gone, "a.txt", &problem));
    assert_non_null(strstr(problem.text, "gone/a.txt"));
    assert_non_null(strstr(problem.text, strerror(ENOENT)));
}

static void folders_are_made_and_probed(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    char middle[128], deep[160];
    snprintf(middle, sizeof middle, "%s/out", folder);
    snprintf(deep, sizeof deep, "%s/plots//", middle);
    assert_true(files_prepare_folder(deep, &problem));
    assert_true(files_prepare_folder(deep, &problem));
    assert_int_equal(scratch_count(deep), 0);
    rmdir(deep);
    rmdir(middle);
}

static void a_file_in_the_way_of_a_folder_is_a_message(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    char path[128];
    write_text(folder, "out", "");
    snprintf(path, sizeof path, "%s/out", folder);
    assert_false(files_prepare_folder(path, &problem));
    assert_non_null(strstr(problem.text, "a file is in the way"));
    snprintf(path, sizeof path, "%s/out/deeper", folder);
    assert_false(files_prepare_folder(path, &problem));
    assert_non_null(strstr(problem.text, "a file is in the way"));
}

static void an_unwritable_folder_is_found_before_the_run(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    assert_false(files_prepare_folder("/proc/warmpool-out", &problem));
    assert_false(
        files_prepare_folder("/proc", &problem)); // it is there, yet nobody can write to it
    assert_false(files_prepare_folder("", &problem));
    if (geteuid() == 0) return; // root may write anywhere
    chmod(folder, 0500);
    assert_false(files_prepare_folder(folder, &problem));
    assert_non_null(strstr(problem.text, "you may write to"));
    chmod(folder, 0700);
}

static void an_endless_path_is_a_message(void **state)
{
    (void)state;
    static char path[2 * FILES_PATH];
    struct files_problem problem;
    struct files_writer writer;
    memset(path, 'x', sizeof path - 1);
    assert_false(files_prepare_folder(path, &problem));
    assert_false(files_open(&writer, path, "a.txt", &problem));
    path[FILES_PATH - 10] = '\0';
    assert_false(files_open(&writer, path, "a.txt", &problem));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_create, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_appears_whole_when_it_is_closed),
        TEST(an_abandoned_file_leaves_nothing),
        TEST(a_full_disk_keeps_the_old_file_and_says_so),
        TEST(an_early_error_is_not_forgotten),
        TEST(a_left_over_of_a_crash_is_no_obstacle),
        TEST(a_vanished_folder_is_a_message),
        TEST(folders_are_made_and_probed),
        TEST(a_file_in_the_way_of_a_folder_is_a_message),
        TEST(an_unwritable_folder_is_found_before_the_run),
        TEST(an_endless_path_is_a_message),
    };
    return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
