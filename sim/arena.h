#pragma once

#include <stddef.h>

// The memory of one lifetime (a program, a replication), released at once.
//
// An arena reserves address space; the system gives pages to it only when they are touched, so
// a generous reservation costs nothing.  What it hands out is zeroed and aligned to 16 bytes,
// and to 64 bytes from a page upwards.  Nothing is freed one by one: arena_reset() makes all of
// it available again, and arena_new() zeroes again whatever an earlier life left behind.

struct arena;

struct arena *arena_create(size_t reserve_bytes); // NULL: the system refuses (message in errno)
void arena_destroy(struct arena *arena);          // NULL is allowed
void arena_reset(struct arena *arena);

// Zeroed memory, never NULL: running out, or count * size passing SIZE_MAX, ends the program with a
// message that names the arena's size.
void *arena_alloc(struct arena *arena, size_t size, size_t count);
// The same, but it holds anything: for large tables whose entries are written before they are read.
// Zeroing those again would cost each life a call to the system and a fault for each page, and both
// stop the other threads of the program for a moment.
void *arena_alloc_raw(struct arena *arena, size_t size, size_t count);
char *arena_copy_text(struct arena *arena, const char *text);

size_t arena_used(const struct arena *arena);

// From here on arena_alloc() is a bug (SIM_CHECK) until the next reset: after model_create()
// nothing allocates.
void arena_seal(struct arena *arena);

#define arena_new(arena, type, count) ((type *)arena_alloc((arena), sizeof(type), (count)))
#define arena_new_raw(arena, type, count) ((type *)arena_alloc_raw((arena), sizeof(type), (count)))
