#pragma once

#include <stddef.h>

// Memory for what grows with the number of replications or is as long as the result: taken from the
// heap, freed by its owner.  Never NULL: running out ends the program with exit code 1 and a line
// that says how much was wanted.

void *memory_new(size_t size, size_t count);             // zeroed; count 0 is allowed
void *memory_grow(void *old, size_t size, size_t count); // like realloc
void *memory_aligned(size_t size);                       // zeroed, alone on its cache lines
char *memory_text(const char *text);                     // a copy; NULL for NULL
