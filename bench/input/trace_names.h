#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sim/arena.h"

// Names that the rows of a trace mention (callers, apps), each once, in order of appearance: found
// while the file is read through at load time, looked up when it is run.  Memory is fixed.

enum { TRACE_NAMES_MAX = 1000, TRACE_NAMES_SLOTS = 4096, TRACE_NAME_BYTES = 200 };

struct trace_name {
    const char *text;
    unsigned line, column; // where it was met first
};

struct trace_names {
    struct arena *arena;
    uint32_t count;
    struct trace_name names[TRACE_NAMES_MAX];
    uint16_t slots[TRACE_NAMES_SLOTS]; // 1 + index; 0: empty
};

struct trace_names *trace_names_create(struct arena *arena);
// False: it is not there.
bool trace_names_find(const struct trace_names *names, const char *text, uint32_t *index);
// The same, but a new one is added; false: there are too many.
bool trace_names_add(struct trace_names *names, const char *text, unsigned line, unsigned column,
                     uint32_t *index);

uint64_t trace_names_hash(const char *text); // FNV-1a
