#pragma once

#include <stdbool.h>

// The rules of the platform, by number, as the headers, the help of keys and the tests name them.
// The sentences are short; what a rule means in every case is in the header of the module that
// keeps it.  Sources are the platform's public pages, unless the text says that the reading is
// ours.

struct rule {
    const char *number; // NULL ends the table
    const char *about;  // a few words
    const char *text;
    const char *source;
};
extern const struct rule rules[];

// Does a text name the rule, as "(P4)", "(Q3, P7)" or within "(R1 to R3)"?
bool rules_named(const char *text, const char *number);
