#include "sim/arena.h"

#include "sim/check.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// The struct lies at the start of its own mapping; offsets count from there.
//
// A fresh mapping is zero, so only bytes below `dirty`, the highest offset that an earlier life
// gave away, have to be zeroed again when they are given away again.  Small blocks are
// overwritten.  Large ones go back to the system, which costs one call and only the pages that
// had been touched: a queue for a million events that held ten must not cost its full size at
// each reset.

enum { HEADER = 64, ALIGN_SMALL = 16, ALIGN_LARGE = 64, LARGE = 4096, RETURN_FROM = 256 << 10 };

struct arena {
    size_t size;  // of the mapping
    size_t used;  // offset of the first free byte
    size_t dirty; // bytes from here on were never given away
    size_t page;
    bool sealed;
};
_Static_assert(sizeof(struct arena) <= HEADER, "the header must fit before the first block");

static size_t round_up(size_t n, size_t to)
{
    return (n + to - 1) & ~(to - 1);
}

struct arena *arena_create(size_t reserve_bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (reserve_bytes > SIZE_MAX / 2) reserve_bytes = SIZE_MAX / 2; // refused, not wrapped
    size_t size = round_up(reserve_bytes + HEADER, page);
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    struct arena *arena = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (arena == MAP_FAILED) return NULL;
    *arena = (struct arena){.size = size, .used = HEADER, .dirty = HEADER, .page = page};
    return arena;
}

void arena_destroy(struct arena *arena)
{
    if (arena) (void)munmap(arena, arena->size);
}

#ifdef SIM_CHECKS_SLOW
// Whoever still looks at the old life shall see nonsense.  Pages that nobody touched stay
// untouched.
static void poison(struct arena *arena)
{
    char *base = (char *)arena;
    for (size_t from = 0; from < arena->used; from += arena->page) {
        unsigned char resident = 0;
        if (mincore(base + from, arena->page, &resident) != 0 || !(resident & 1)) continue;
        size_t start = from == 0 ? HEADER : from;
        size_t end = from + arena->page < arena->used ? from + arena->page : arena->used;
        memset(base + start, 0xA5, end - start);
    }
}
#else
static void poison(struct arena *arena)
{
    (void)arena;
}
#endif

void arena_reset(struct arena *arena)
{
    poison(arena);
    if (arena->dirty < arena->used) arena->dirty = arena->used;
    arena->used = HEADER;
    arena->sealed = false;
}

static void zero(struct arena *arena, size_t from, size_t to)
{
    char *base = (char *)arena;
    size_t first = round_up(from, arena->page), last = to & ~(arena->page - 1);
    if (to - from >= RETURN_FROM && madvise(base + first, last - first, MADV_DONTNEED) == 0) {
        memset(base + from, 0, first - from);
        memset(base + last, 0, to - last);
    } else {
        memset(base + from, 0, to - from);
    }
}

static _Noreturn void run_out(const struct arena *arena, size_t size, size_t count)
{
    (void)fprintf(stderr,
                  "warmpool: out of memory: an arena of %zu bytes has %zu left, needs %zu x %zu\n",
                  arena->size - HEADER, arena->size - arena->used, count, size);
    exit(EXIT_FAILURE);
}

// Offset of the first byte.
static size_t give(struct arena *arena, size_t size, size_t count)
{
    SIM_CHECK(!arena->sealed);
    size_t bytes;
    if (__builtin_mul_overflow(size, count, &bytes)) run_out(arena, size, count);
    size_t from = round_up(arena->used, bytes < LARGE ? ALIGN_SMALL : ALIGN_LARGE);
    if (from > arena->size || bytes > arena->size - from) run_out(arena, size, count);
    arena->used = from + bytes;
    return from;
}

void *arena_alloc(struct arena *arena, size_t size, size_t count)
{
    size_t from = give(arena, size, count), to = arena->used;
    if (from < arena->dirty) zero(arena, from, to < arena->dirty ? to : arena->dirty);
    return (char *)arena + from;
}

void *arena_alloc_raw(struct arena *arena, size_t size, size_t count)
{
    return (char *)arena + give(arena, size, count);
}

char *arena_copy_text(struct arena *arena, const char *text)
{
    size_t bytes = strlen(text) + 1;
    return memcpy(arena_alloc(arena, 1, bytes), text, bytes);
}

size_t arena_used(const struct arena *arena)
{
    return arena->used - HEADER;
}

void arena_seal(struct arena *arena)
{
    arena->sealed = true;
}
