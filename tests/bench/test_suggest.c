#include "tests/bench/probe.h"

#include "bench/input/suggest.c"

static void distance_counts_edits(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {
        {"", "", 0},
        {"abc", "", 3},
        {"abc", "abc", 0},
        {"abc", "ABC", 0},
        {"abc", "acb", 1},
        {"abc", "bac", 1},
        {"abc", "abcd", 1},
        {"abc", "axc", 1},
        {"ca", "abc", 3},
        {"kitten", "sitting", 3},
        {"concurency", "concurrency", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *a = rows[i].a, *b = rows[i].b;
        assert_int_equal(distance(a, strlen(a), b, strlen(b)), rows[i].distance);
        assert_int_equal(distance(b, strlen(b), a, strlen(a)), rows[i].distance);
    }
}

static void the_nearest_candidate_within_reach_is_offered(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "min_concurrency", "max_concurrency", "keep_alive", "at", "S", "M",
        "GPU-A100",        "GPU-H100",        "until",      NULL};
    static const struct {
        const char *word, *answer;
    } rows[] = {
        {"max_concurency", "max_concurrency"},
        {"mix_concurrency", "min_concurrency"},
        {"keepalive", "keep_alive"},
        {"Keep_Alive", "keep_alive"},
        {"utnil", "until"},
        {"X", NULL},  // one letter resembles anything
        {"ax", NULL}, // two as well
        {"a100", "GPU-A100"},
        {"h100", "GPU-H100"},
        {"something_else", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *answer = suggest_among(rows[i].word, keys);
        if (!rows[i].answer)
            assert_null(answer);
        else
            assert_string_equal(answer, rows[i].answer);
    }
}

static void long_words_are_left_alone(void **state)
{
    (void)state;
    char word[SUGGEST_LENGTH_MAX + 2];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    const char *const keys[] = {word, NULL};
    assert_null(suggest_among(word, keys));
    word[SUGGEST_LENGTH_MAX] = '\0';
    assert_string_equal(suggest_among(word, keys), word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(the_nearest_candidate_within_reach_is_offered),
        cmocka_unit_test(long_words_are_left_alone),
    };
    return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
