#include "tests/bench/probe.h"

#include "bench/input/codes.c"

static void codes_are_unique_and_have_a_meaning(void **state)
{
    (void)state;
    for (const struct code *a = codes; a->code; a++) {
        assert_int_equal(strlen(a->code), 5);
        assert_true(a->code[0] == 'E' || a->code[0] == 'W');
        assert_int_equal(strspn(a->code + 1, "0123456789"), 4);
        assert_true(strlen(a->meaning) > 10);
        for (const struct code *b = a + 1; b->code; b++)
            assert_string_not_equal(a->code, b->code);
    }
}

// codes.h defines the names; each one of them has its row.
static void every_name_in_the_header_has_a_row(void **state)
{
    (void)state;
    FILE *header = fopen("bench/input/codes.h", "r");
    if (!header) skip(); // not run from the root of the tree
    char line[256], code[8];
    size_t defined = 0, rows = 0;
    while (fgets(line, sizeof line, header))
        if (sscanf(line, "#define CODE_%*[A-Z_] \"%7[EW0-9]\"", code) == 1) {
            defined++;
            bool found = false;
            for (const struct code *row = codes; row->code; row++)
                found = found || strcmp(row->code, code) == 0;
            assert_true(found);
        }
    fclose(header);
    while (codes[rows].code)
        rows++;
    assert_int_equal(defined, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_unique_and_have_a_meaning),
        cmocka_unit_test(every_name_in_the_header_has_a_row),
    };
    return cmocka_run_group_tests_name("codes", tests, NULL, NULL);
}
