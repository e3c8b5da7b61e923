#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/answer.c" // the module under test, statics included

#include "tests/bench/fixture_result.h"

static char *print(const struct experiment_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    answer_print(out, result);
    fclose(out);
    return text;
}

static void downtime_cost_and_difference_are_sentences(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    char *text = print(&f->result);
    assert_string_equal(
        text,
        "  MyApp was down 41.2 s (95 % interval 40.1 s to 42.3 s) with recreate and never "
        "down (0 of 30 runs:\n"
        "  at most 9.5 %) with rolling. a'b`touch x`?$(x)\"<&\xC3\xA9 was never down (0 of 30 "
        "runs: at most 9.5 %)\n"
        "  with any of the alternatives.\n"
        "  Requests to MyApp succeeded: 99.87 % (2.90 nines), 95 % interval 99.83 % to "
        "99.914 %, with\n"
        "  recreate and all of them (failures in 0 of 30 runs: at most 9.5 %) with rolling.\n"
        "  Rollout 1 of MyApp was completed with recreate; completed in 29 of 30, aborted "
        "in 1 of 30 with\n  rolling.\n"
        "  The owner pays $0.551 (95 % interval $0.547 to $0.555) with recreate and $0.573 "
        "(95 % interval\n"
        "  $0.569 to $0.578) with rolling.\n"
        "  Compared with recreate on the same random numbers: MyApp with rolling is down "
        "41.2 s less (95 %\n"
        "  interval 40.9 s to 41.6 s); it costs the owner $0.0221 more (95 % interval "
        "$0.0207 to $0.0235).\n");
    free(text);
    free(f);
}

// Two rollouts of one app: it is spoken of once.
static void what_rollouts_cost_beyond_a_run_without_them(void **state)
{
    (void)state;
    static const char *const names[] = {"excess_failed_requests", "excess_wait_s",
                                        "recovery_time_s", "recovery_time_s"};
    struct fixture *f = fixture_create(2, 30);
    for (size_t i = 0; i < 4; i++) {
        f->columns[FIXTURE_ROWS + i] = (struct column){.metric = metric_find(names[i])};
        f->columns[FIXTURE_ROWS + i].labels[LABEL_APP] = "MyApp";
        if (i >= 2) f->columns[FIXTURE_ROWS + i].labels[LABEL_ROLLOUT] = i == 2 ? "1" : "2";
    }
    for (size_t a = 0; a < 2; a++)
        f->alternatives[a].column_count += 4;
    f->summaries[0][FIXTURE_ROWS] = fixture_summary(9.5, 2.5, 30);
    f->summaries[1][FIXTURE_ROWS] = fixture_summary(0, 0, 30);
    f->summaries[0][FIXTURE_ROWS + 1] = fixture_summary(41.5, 2, 30);
    f->summaries[1][FIXTURE_ROWS + 1] = fixture_summary(30, 0, 30);
    char *text = print(&f->result);
    assert_non_null(strstr(
        text,
        "  Requests of MyApp that failed because of its rollouts: 9.5 (95 % interval 7 to 12) with "
        "recreate\n"
        "  and none (0 of 30 runs: at most 9.5 %) with rolling. Time that requests waited because "
        "of them:\n"
        "  41.5 s (95 % interval 39.5 s to 43.5 s) with recreate and 30 s with rolling.\n"
        "  The owner pays "));
    free(text);
    free(f);
}

static void one_replication_claims_no_interval(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    char *text = print(&f->result);
    assert_non_null(strstr(text, "MyApp was down 41.2 s (one replication, so no interval)."));
    assert_null(strstr(text, "95 %"));
    assert_null(strstr(text, "with base"));
    free(text);
    free(f);
}

static void a_difference_that_may_be_chance_is_called_so(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    f->comparisons[0].difference = fixture_summary(-1, 3, 30);
    char *text = print(&f->result);
    assert_non_null(
        strstr(text, "is down 1 s less (95 %\n  interval -2 s to 4 s), which may be chance"));
    free(text);
    free(f);
}

static void equal_alternatives_have_no_difference(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    for (size_t c = 0; c < FIXTURE_ROWS; c++)
        f->comparisons[c].difference = fixture_summary(0, 0, 30);
    char *text = print(&f->result);
    assert_non_null(strstr(text, "no difference in downtime or cost."));
    free(text);
    free(f);
}

// What an expectation is about is what the question is about; what is said anyway comes once.
static void what_is_expected_is_told_once(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    for (size_t i = 0; i < 4; i++)
        f->expectations[i].column = i < 2 ? &f->columns[2] : &f->columns[14];
    char *text = print(&f->result);
    size_t told = 0;
    for (const char *at = text; (at = strstr(at, "Requests to MyApp succeeded: 99.87 %")); at++)
        told++;
    assert_int_equal(told, 1);
    assert_null(strstr(text, "Requests that succeeded"));
    assert_non_null(strstr(text, "  Wait, p99 (MyApp): 12.5 s (95 % interval 11.9 s to 13.1 s)"));
    f->expectations[0].column = f->expectations[1].column = &f->columns[0]; // downtime: told
    free(text);
    text = print(&f->result);
    assert_null(strstr(text, "Unserved time"));
    free(text);
    free(f);
}

static void of_many_only_the_extremes_are_named(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 30);
    struct alternative names[6] = {{.name = "a"}, {.name = "b"}, {.name = "c"},
                                   {.name = "d"}, {.name = "e"}, {.name = "f"}};
    struct alternative_result six[6];
    struct summary summaries[6];
    for (size_t i = 0; i < 6; i++) {
        six[i] = f->alternatives[0];
        six[i].alternative = &names[i];
        six[i].column_count = 1;
        six[i].summaries = &summaries[i];
        summaries[i] = fixture_summary(10 + (double)((i * 5 + 3) % 6), 0.5, 30);
    }
    f->result.alternatives = six;
    f->result.alternative_count = 6;
    char *text = print(&f->result);
    // 10 + 3, 2, 1, 0, 5, 4: "d" is best, "e" worst.
    assert_string_equal(text,
                        "  MyApp was at best down 10 s (95 % interval 9.50 s to 10.5 s) with d "
                        "and at worst down 15 s (95 %\n  interval 14.5 s to 15.5 s) with e.\n");
    free(text);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(downtime_cost_and_difference_are_sentences),
        cmocka_unit_test(what_rollouts_cost_beyond_a_run_without_them),
        cmocka_unit_test(one_replication_claims_no_interval),
        cmocka_unit_test(a_difference_that_may_be_chance_is_called_so),
        cmocka_unit_test(equal_alternatives_have_no_difference),
        cmocka_unit_test(what_is_expected_is_told_once),
        cmocka_unit_test(of_many_only_the_extremes_are_named),
    };
    return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
