#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/options.c"

struct parsed {
    struct options options;
    bool good;
    char errors[512];
};

// The arguments after the program's name, separated by one space each.
static void parse(struct parsed *parsed, const char *line)
{
    static char text[512];
    char *argv[64] = {"warmpool"};
    int argc = 1;
    snprintf(text, sizeof text, "%s", line);
    for (char *p = text; *p;) {
        argv[argc++] = p;
        p += strcspn(p, " ");
        if (*p) *p++ = '\0';
    }
    FILE *errors = tmpfile();
    parsed->good = options_parse(&parsed->options, argc, argv, errors);
    rewind(errors);
    parsed->errors[fread(parsed->errors, 1, sizeof parsed->errors - 1, errors)] = '\0';
    fclose(errors);
}

static void nothing_given_is_nothing_set(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, "");
    assert_true(p.good);
    assert_int_equal(p.options.operands.count, 0);
    assert_null(p.options.seed);
    assert_int_equal(p.options.threads, 0);
    assert_int_equal(p.options.format, FORMAT_TEXT);
    assert_false(p.options.help);
    options_free(&p.options);
}

static void options_and_operands_mix(void **state)
{
    (void)state;
    struct parsed p;
    parse(
        &p,
        "run --seed 7 a.json --threads=3 --quiet b.json --twin --out dir --format json --set /a=1 "
        "--set=/b=x=y");
    assert_string_equal(p.errors, "");
    assert_true(p.good);
    assert_int_equal(p.options.operands.count, 3);
    assert_string_equal(p.options.operands.items[2], "b.json");
    assert_string_equal(p.options.seed, "7");
    assert_int_equal(p.options.threads, 3);
    assert_true(p.options.quiet);
    assert_true(p.options.twin);
    assert_string_equal(p.options.out, "dir");
    assert_int_equal(p.options.format, FORMAT_JSON);
    assert_int_equal(p.options.sets.count, 2);
    assert_string_equal(p.options.sets.items[0], "/a=1");
    assert_string_equal(p.options.sets.items[1], "/b=x=y");
    options_free(&p.options);
}

static void a_sweep_is_collected(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, "sweep f --sweep /a=1,2 --sweep=/b --metric wait_s{app=A} --tornado --list");
    assert_true(p.good);
    assert_true(p.options.tornado && p.options.list);
    assert_int_equal(p.options.sweeps.count, 2);
    assert_string_equal(p.options.sweeps.items[1], "/b");
    assert_int_equal(p.options.metrics.count, 1);
    assert_string_equal(p.options.metrics.items[0], "wait_s{app=A}");
    options_free(&p.options);
}

static void after_two_dashes_all_is_operands(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, "run -- --seed -h - --");
    assert_true(p.good);
    assert_int_equal(p.options.operands.count, 5);
    assert_string_equal(p.options.operands.items[4], "--");
    assert_null(p.options.seed);
    assert_false(p.options.help);
    options_free(&p.options);
}

static void the_last_one_counts(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, "--seed 1 --seed 2 --replications 3 --replications 18446744073709551615");
    assert_string_equal(p.options.seed, "2");
    assert_false(p.good); // the second number of replications is too large
    assert_int_equal(p.options.replications, 3);
    options_free(&p.options);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *line, *error;
    } rows[] = {
        {"--thread 3", "warmpool: unknown option --thread; did you mean --threads?\n"},
        {"--rep 3", "warmpool: unknown option --rep\n"},
        {"--zzzz=3", "warmpool: unknown option --zzzz\n"},
        {"-x", "warmpool: unknown option -x\n"},
        {"-hq", "warmpool: unknown option -hq\n"},
        {"--seed", "warmpool: --seed: expected a value, got none\n"},
        {"--out=", "warmpool: --out: expected a value, got none\n"},
        {"--seed 1,2", "warmpool: --seed: expected letters and digits\n"},
        {"--quiet=yes", "warmpool: --quiet: takes no value\n"},
        {"--format xml", "warmpool: --format: expected text|json, got \"xml\"\n"},
        {"--threads 0", "warmpool: --threads: expected a whole number from 1 to 1024, got \"0\"\n"},
        {"--threads -1",
         "warmpool: --threads: expected a whole number from 1 to 1024, got \"-1\"\n"},
        {"--threads 2x",
         "warmpool: --threads: expected a whole number from 1 to 1024, got \"2x\"\n"},
        {"--threads 1e3",
         "warmpool: --threads: expected a whole number from 1 to 1024, got \"1e3\"\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct parsed p;
        parse(&p, rows[i].line);
        assert_false(p.good);
        assert_string_equal(p.errors, rows[i].error);
        options_free(&p.options);
    }
}

static void all_problems_are_said_at_once(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, "--threads 0 --frmat json");
    assert_string_equal(p.errors,
                        "warmpool: --threads: expected a whole number from 1 to 1024, got \"0\"\n"
                        "warmpool: unknown option --frmat; did you mean --format?\n");
    options_free(&p.options);
}

static void letters_stand_for_names(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, "-h -q run");
    assert_true(p.good && p.options.help && p.options.quiet);
    options_free(&p.options);
}

static void help_lists_every_option_on_lines_of_a_screen(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    options_print(file);
    rewind(file);
    char text[4096];
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    for (const struct option *o = table; o->name; o++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, " --%s", o->name);
        assert_non_null(strstr(text, wanted));
        assert_non_null(strstr(text, o->help));
    }
    size_t column = 0;
    for (const char *p = text; *p; p++) {
        column = *p == '\n' ? 0 : column + 1;
        assert_true(column <= 100);
    }
}

static void rows_of_the_table_are_whole(void **state)
{
    (void)state;
    for (const struct option *o = table; o->name; o++) {
        assert_non_null(o->help);
        assert_true(o->offset < sizeof(struct options));
        assert_int_equal(o->kind == OPTION_FLAG, o->value == NULL);
        assert_int_equal(o->kind == OPTION_CHOICE, o->choices != NULL);
        if (o->kind == OPTION_COUNT) assert_true(o->min <= o->max);
        for (const struct option *other = table; other != o; other++) {
            assert_string_not_equal(other->name, o->name);
            assert_false(o->letter && other->letter == o->letter);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_given_is_nothing_set),
        cmocka_unit_test(options_and_operands_mix),
        cmocka_unit_test(a_sweep_is_collected),
        cmocka_unit_test(after_two_dashes_all_is_operands),
        cmocka_unit_test(the_last_one_counts),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(all_problems_are_said_at_once),
        cmocka_unit_test(letters_stand_for_names),
        cmocka_unit_test(help_lists_every_option_on_lines_of_a_screen),
        cmocka_unit_test(rows_of_the_table_are_whole),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
