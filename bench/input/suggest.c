#include "bench/input/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

// Optimal string alignment: three rows of the table are alive at any time.
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][SUGGEST_LENGTH_MAX + 1];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *now = rows[i % 3], *before = rows[(i + 2) % 3], *two_before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t replaced = before[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
            now[j] = least(replaced, least(before[j], now[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
            if (swapped) now[j] = least(now[j], two_before[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

static size_t tolerance(size_t length)
{
    return length < 3 ? 0 : length < 6 ? 1 : 2;
}

static bool contains(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (; *text; text++)
        if (strncasecmp(text, word, length) == 0) return true;
    return false;
}

struct suggest suggest_for(const char *word)
{
    return (struct suggest){.word = word};
}

void suggest_offer(struct suggest *suggest, const char *candidate)
{
    size_t length = strlen(suggest->word), other = strlen(candidate);
    if (length > SUGGEST_LENGTH_MAX || other > SUGGEST_LENGTH_MAX) return;
    if (!suggest->container && length >= 4 && contains(candidate, suggest->word))
        suggest->container = candidate;
    size_t far = distance(suggest->word, length, candidate, other);
    if (far > tolerance(length)) return;
    if (suggest->nearest && far >= suggest->distance) return;
    suggest->nearest = candidate;
    suggest->distance = far;
}

const char *suggest_answer(const struct suggest *suggest)
{
    return suggest->nearest ? suggest->nearest : suggest->container;
}

const char *suggest_among(const char *word, const char *const *candidates)
{
    struct suggest suggest = suggest_for(word);
    for (; *candidates; candidates++)
        suggest_offer(&suggest, *candidates);
    return suggest_answer(&suggest);
}
