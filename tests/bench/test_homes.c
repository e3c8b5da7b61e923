#include "tests/bench/probe.h"

#include "bench/input/homes.c"

static void keys_of_tables_and_single_keys_have_a_home(void **state)
{
    (void)state;
    assert_string_equal(homes_of("strategy"), "/timeline/N/deploy");
    assert_string_equal(homes_of("keep_alive"), "/apps/NAME");
    assert_string_equal(homes_of("vcpu"), "/machine_types/NAME");
    assert_string_equal(homes_of("horizon"), "/");
    assert_null(homes_of("nonsense"));
}

// A single key that is also in a table would never be found.
static void no_single_key_is_hidden_by_a_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        assert_ptr_equal(homes_of(singles[i].key), singles[i].place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_tables_and_single_keys_have_a_home),
        cmocka_unit_test(no_single_key_is_hidden_by_a_table),
    };
    return cmocka_run_group_tests_name("homes", tests, NULL, NULL);
}
