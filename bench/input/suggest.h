#pragma once

#include <stddef.h>

// "Did you mean": the candidate that is nearest to a misspelt word.
//
// Nearest by Damerau-Levenshtein distance without regard to case (insert, delete, replace, swap two
// neighbours): at most one for words of 3 to 5 bytes, at most two for longer ones.  When none is so
// near, a candidate that contains the whole word (of at least 4 bytes) is offered.

enum { SUGGEST_LENGTH_MAX = 64 }; // longer words and candidates are not compared

struct suggest {
    const char *word;
    const char *nearest, *container; // NULL: none so far
    size_t distance;                 // of the nearest
};

struct suggest suggest_for(const char *word);
void suggest_offer(struct suggest *suggest, const char *candidate);
const char *suggest_answer(const struct suggest *suggest); // NULL: nothing comes near

// For fixed lists that end with NULL.
const char *suggest_among(const char *word, const char *const *candidates);
