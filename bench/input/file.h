#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bench/input/diag.h"
#include "sim/arena.h"

// Reads a whole input file: a regular file or a pipe, never a directory or a device; "-" is the
// standard input.

enum { FILE_SIZE_MAX = 16 << 20 };

struct file_text {
    const char *name; // for messages: the path, or "<stdin>"
    const char *text; // ends with a NUL that does not count
    size_t length;    // at least 1
};

// False: diag says why.
bool file_read(struct file_text *file, struct arena *arena, const char *path, struct diag *diag);
