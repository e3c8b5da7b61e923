#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/plot.c" // the module under test, statics included

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/bench/scratch.h"

static bool have_gnuplot(void)
{
    struct spawn_message message;
    return spawn_run((const char *const[]){"gnuplot", "--version", NULL}, 5000, &message) ==
           SPAWN_DONE;
}

static char *quoted(const char *text)
{
    char *result = NULL;
    size_t size;
    FILE *out = open_memstream(&result, &size);
    plot_quote(out, text);
    fclose(out);
    return result;
}

static void a_text_cannot_end_its_string_or_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *string;
    } rows[] = {
        {"", "''"},
        {"plain", "'plain'"},
        {"it's", "'it\xE2\x80\x99s'"},
        {"''", "'\xE2\x80\x99\xE2\x80\x99'"},
        {"a\nsystem(1)", "'a?system(1)'"},
        {"`touch x`", "'`touch x`'"},
        {"\xC3\xA9", "'\xC3\xA9'"},
        {"\xFF\r\x7f", "'?\?\?'"},
        {"back\\", "'back\\'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *string = quoted(rows[i].text);
        assert_string_equal(string, rows[i].string);
        free(string);
    }
}

static void a_tic_is_a_format(void **state)
{
    (void)state;
    char *result = NULL;
    size_t size;
    FILE *out = open_memstream(&result, &size);
    plot_tic(out, "50 % of '%s'", 2.5);
    fclose(out);
    assert_string_equal(result, "'50 %% of \xE2\x80\x99%%s\xE2\x80\x99' 2.5");
    free(result);
}

static void long_texts_are_cut(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    char *string = quoted(text);
    assert_int_equal(strlen(string), PLOT_TEXT + 2);
    free(string);
}

static void file_names_have_no_way_out(void **state)
{
    (void)state;
    char name[PLOT_NAME];
    assert_string_equal(plot_name(name, "rolling-2.1_x"), "rolling-2.1_x");
    assert_string_equal(plot_name(name, "../../etc/passwd"), "_._.._etc_passwd");
    assert_string_equal(plot_name(name, "-rf"), "_rf");
    assert_string_equal(plot_name(name, "|touch x"), "_touch_x");
    assert_string_equal(plot_name(name, "\xC3\xA9"), "__");
    assert_string_equal(plot_name(name, ""), "_");
    char text[200];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(strlen(plot_name(name, text)), 60);
}

// A text that tries hard: random bytes among pieces that are known to be dangerous.
static void random_text(uint64_t *random, char *text, size_t size)
{
    static const char *const pieces[] = {"'",
                                         "\"",
                                         "`touch canary`",
                                         "$(touch canary)",
                                         "\n",
                                         "system('touch canary')",
                                         "\\",
                                         "'.system(\"touch canary\").'",
                                         "\nset output '|touch canary'\n",
                                         "@x",
                                         "{/Symbol a}",
                                         "#",
                                         "%",
                                         "%s",
                                         ";",
                                         "\xC3",
                                         "\xE2\x80\xA8",
                                         "''",
                                         "\r",
                                         "%s",
                                         "<touch canary",
                                         "!touch canary\n"};
    size_t used = 0;
    while (used + 40 < size) {
        *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        unsigned draw = (unsigned)(*random >> 33);
        if (draw % 8 == 0) break;
        if (draw % 2)
            used += (size_t)snprintf(text + used, size - used, "%s",
                                     pieces[(draw >> 4) % (sizeof pieces / sizeof *pieces)]);
        else
            text[used++] = (char)(1 + (draw >> 8) % 255);
    }
    text[used] = '\0';
}

static void random_names_never_run_a_command(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    uint64_t random = 77;
    if (!have_gnuplot()) skip();
    print_message("seed %llu\n", (unsigned long long)random);
    for (int run = 0; run < 10; run++) {
        struct plot plot;
        char text[300];
        assert_true(plot_open(&plot, folder, "quote", &problem));
        for (int i = 1; i <= 100; i++) {
            random_text(&random, text, sizeof text);
            fprintf(plot.script.stream, "set label %d ", i);
            plot_quote(plot.script.stream, text);
            fputs(" at graph 0.5,0.5\nset xtics add (", plot.script.stream);
            plot_tic(plot.script.stream, text, i);
            fputs(")\n", plot.script.stream);
        }
        fputs("set title ", plot.script.stream);
        plot_quote(plot.script.stream, text);
        fputs("\nplot data using 1:2 title ", plot.script.stream);
        plot_quote(plot.script.stream, text);
        fputs("\n", plot.script.stream);
        fputs("x,y\n0,0\n1,1\n", plot.data.stream);
        enum plot_status status = plot_close(&plot, &problem);
        if (status != PLOT_DONE) fail_msg("%s", problem.text);
    }
    assert_int_equal(access("canary", F_OK), -1);
    assert_false(scratch_has(folder, "canary"));
}

static bool draw_line(const char *folder, struct files_problem *problem)
{
    struct plot plot;
    if (!plot_open(&plot, folder, "line", problem)) return false;
    fputs("plot data using 1:2 with lines\n", plot.script.stream);
    fputs("x,y\n0,0\n1,1\n2,NaN\n3,1\n", plot.data.stream);
    return plot_close(&plot, problem) == PLOT_DONE;
}

static void a_picture_is_the_same_bytes_each_time(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    if (!have_gnuplot()) skip();
    assert_true(draw_line(folder, &problem));
    char *first = scratch_read(folder, "line.svg");
    assert_true(draw_line(folder, &problem));
    char *second = scratch_read(folder, "line.svg");
    assert_non_null(strstr(first, "<svg"));
    assert_string_equal(first, second);
    assert_true(scratch_has(folder, "line.png") && scratch_has(folder, "line.csv"));
    assert_int_equal(scratch_count(folder), 4);
    free(first);
    free(second);
}

static void a_folder_named_like_a_command_is_a_folder(void **state)
{
    struct files_problem problem;
    char old[FILES_PATH];
    if (!have_gnuplot()) skip();
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(*state), 0);
    static const char *const names[] = {"| touch canary", "< touch canary", "-d", "~", "it's"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(mkdir(names[i], 0777), 0);
        if (!draw_line(names[i], &problem)) fail_msg("%s", problem.text);
        assert_true(scratch_has(names[i], "line.svg"));
        scratch_empty(names[i]);
        assert_int_equal(rmdir(names[i]), 0);
    }
    assert_int_equal(scratch_count("."), 0);
    assert_int_equal(chdir(old), 0);
}

static void a_wrong_script_is_a_message_and_leaves_no_picture(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    struct plot plot;
    if (!have_gnuplot()) skip();
    assert_true(plot_open(&plot, folder, "bad", &problem));
    fputs("plot nonsense(1)\n", plot.script.stream);
    assert_int_equal(plot_close(&plot, &problem), PLOT_FAILED);
    assert_non_null(strstr(problem.text, "bad.gp"));
    assert_non_null(strstr(problem.text, "nonsense"));
    assert_int_equal(scratch_count(folder), 2);
}

static void without_gnuplot_script_and_data_are_kept(void **state)
{
    const char *folder = *state;
    struct files_problem problem;
    struct plot plot;
    char path[4096];
    snprintf(path, sizeof path, "%s", getenv("PATH"));
    assert_true(plot_open(&plot, folder, "kept", &problem));
    setenv("PATH", folder, 1);
    enum plot_status status = plot_close(&plot, &problem);
    setenv("PATH", path, 1);
    assert_int_equal(status, PLOT_MISSING);
    assert_non_null(strstr(problem.text, "apt-get install gnuplot-nox"));
    assert_true(scratch_has(folder, "kept.gp") && scratch_has(folder, "kept.csv"));
    assert_int_equal(scratch_count(folder), 2);
}

static void numbers_read_back(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    plot_number(out, 0.1 + 0.2);
    fputc(' ', out);
    plot_number(out, NAN);
    fputc(' ', out);
    plot_number(out, INFINITY);
    fclose(out);
    assert_string_equal(text, "0.30000000000000004 NaN NaN");
    free(text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_create, scratch_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_cannot_end_its_string_or_its_line),
        cmocka_unit_test(a_tic_is_a_format),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(file_names_have_no_way_out),
        cmocka_unit_test(numbers_read_back),
        TEST(random_names_never_run_a_command),
        TEST(a_picture_is_the_same_bytes_each_time),
        TEST(a_folder_named_like_a_command_is_a_folder),
        TEST(a_wrong_script_is_a_message_and_leaves_no_picture),
        TEST(without_gnuplot_script_and_data_are_kept),
    };
    return cmocka_run_group_tests_name("plot", tests, NULL, NULL);
}
