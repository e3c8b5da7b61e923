#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/lineup.c" // the module under test, statics included

#include "tests/bench/fixture_result.h"

static void rows_join_what_the_alternatives_share(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct lineup l = lineup_create(&f->result, 0, 2);
    assert_int_equal(l.count, FIXTURE_ROWS);
    for (size_t r = 0; r < l.count; r++)
        for (size_t a = 0; a < 2; a++)
            assert_ptr_equal(l.rows[r].summaries[a], &f->summaries[a][r]);
    assert_string_equal(l.rows[0].subject, "MyApp");
    lineup_free(&l);
    free(f);
}

static void a_column_that_one_lacks_is_a_gap(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    f->alternatives[0].column_count = 1;
    struct lineup l = lineup_create(&f->result, 0, 2);
    assert_int_equal(l.count, FIXTURE_ROWS);
    assert_non_null(l.rows[0].summaries[0]);
    assert_null(l.rows[1].summaries[0]);
    assert_non_null(l.rows[1].summaries[1]);
    lineup_free(&l);
    free(f);
}

static void differences_stand_with_their_alternative(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct lineup l = lineup_create(&f->result, 1, 1);
    for (size_t r = 0; r < l.count; r++) {
        assert_null(l.rows[r].comparisons[1]);
        assert_ptr_equal(l.rows[r].comparisons[0], &f->comparisons[r]);
    }
    lineup_free(&l);
    l = lineup_create(&f->result, 0, 1);
    for (size_t r = 0; r < l.count; r++)
        assert_null(l.rows[r].comparisons[0]);
    lineup_free(&l);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_join_what_the_alternatives_share),
        cmocka_unit_test(a_column_that_one_lacks_is_a_gap),
        cmocka_unit_test(differences_stand_with_their_alternative),
    };
    return cmocka_run_group_tests_name("lineup", tests, NULL, NULL);
}
