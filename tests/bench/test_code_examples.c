#include "tests/bench/probe.h"

#include "bench/explain/code_examples.c"

static void every_code_has_an_example(void **state)
{
    (void)state;
    for (const struct code *code = codes; code->code; code++)
        if (!code_example(code->code))
            fail_msg("%s has no example in bench/explain/code_examples.c", code->code);
    assert_null(code_example("E9999"));
}

// An example that can be read brings its own code about, and no other.
static void examples_do_what_they_say(void **state)
{
    (void)state;
    size_t read = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *example = rows[i].example;
        if (*example != '{' && *example != '"') continue;
        struct probe p =
            *example == '{' ? probe_load(example, NULL) : probe_fragment(PROBE_APP, example);
        char code[16];
        snprintf(code, sizeof code, "[%s]", rows[i].code);
        size_t problems = diag_errors(p.diag) + diag_warnings(p.diag);
        if (problems != 1 || !strstr(p.messages, code))
            fail_msg("%s: %s says\n%s", rows[i].code, example, p.messages);
        probe_close(&p);
        read++;
    }
    assert_true(read >= 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_an_example),
        cmocka_unit_test(examples_do_what_they_say),
    };
    return cmocka_run_group_tests_name("code_examples", tests, NULL, NULL);
}
