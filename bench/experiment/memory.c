#include "bench/experiment/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE = 64 };

static _Noreturn void give_up(size_t size, size_t count)
{
    fprintf(stderr,
            "warmpool: out of memory: cannot get %zu x %zu bytes; "
            "ask for fewer replications or for a coarser time series\n",
            count, size);
    exit(1);
}

void *memory_new(size_t size, size_t count)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory) give_up(size, count);
    return memory;
}

void *memory_grow(void *old, size_t size, size_t count)
{
    void *memory = count > SIZE_MAX / size ? NULL : realloc(old, size * count);
    if (!memory) give_up(size, count);
    return memory;
}

void *memory_aligned(size_t size)
{
    size_t rounded = (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    void *memory = rounded < size ? NULL : aligned_alloc(CACHE_LINE, rounded);
    if (!memory) give_up(size, 1);
    return memset(memory, 0, rounded);
}

char *memory_text(const char *text)
{
    if (!text) return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(memory_new(1, size), text, size);
}
