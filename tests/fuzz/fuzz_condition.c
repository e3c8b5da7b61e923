// A condition is either refused, with a place inside the text and words that say what was expected,
// or it can be evaluated for any values.  Nothing crashes, hangs or runs out of stack.
//
//   clang -g -O1 -fsanitize=fuzzer,address,undefined -I. tests/fuzz/fuzz_condition.c
//   libwarmpool.a ...

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/condition.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition) abort();
}

static const char *const texts[] = {"recreate", "rolling", NULL};
static const struct condition_name names[] = {{"x", CONDITION_NUMBER, NULL},
                                              {"s", CONDITION_TEXT, texts},
                                              {"t", CONDITION_TRUTH, NULL},
                                              {"a b", CONDITION_NUMBER, NULL}};
enum { NAMES = sizeof names / sizeof *names };

static void evaluate(const struct condition *condition)
{
    static const double numbers[] = {0, 1, -2.5, INFINITY};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const struct condition_value values[NAMES] = {
            {numbers[i], NULL}, {NAN, texts[i % 2]}, {i % 2, NULL}, {1 / numbers[i], NULL}};
        condition_holds(condition, values);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create((size_t)1 << 26);
    char *text = malloc(size + 1);
    require(arena && text);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    struct condition_problem problem;
    const struct condition *condition = condition_parse(arena, text, names, NAMES, &problem);
    if (condition) {
        require(!problem.expected);
        evaluate(condition);
    } else {
        require(problem.expected && problem.at >= 1 && problem.at <= strlen(text) + 1);
        require(strlen(problem.got) < sizeof problem.got);
    }
    free(text);
    arena_destroy(arena);
    return 0;
}
