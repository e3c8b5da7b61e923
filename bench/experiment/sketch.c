#include "bench/experiment/sketch.h"

#include <stdlib.h>

#include "bench/experiment/memory.h"

struct sketch sketch_of(const struct hist *hist)
{
    struct sketch s = {.count = hist->count, .min = hist->min, .max = hist->max};
    for (uint32_t b = 0; b < HIST_BUCKETS && hist->count > 0; b++)
        s.used += hist->buckets[b] > 0;
    s.entries = memory_new(sizeof *s.entries, s.used);
    uint32_t at = 0;
    for (uint32_t b = 0; at < s.used; b++)
        if (hist->buckets[b] > 0)
            s.entries[at++] = (struct sketch_entry){.bucket = b, .count = hist->buckets[b]};
    return s;
}

// How many of b's buckets a does not have.
static uint32_t count_new(const struct sketch *a, const struct sketch *b)
{
    uint32_t count = 0;
    for (uint32_t i = 0, j = 0; j < b->used; j++) {
        while (i < a->used && a->entries[i].bucket < b->entries[j].bucket)
            i++;
        count += i == a->used || a->entries[i].bucket != b->entries[j].bucket;
    }
    return count;
}

// From behind, so that nothing is overwritten before it is read.
static void merge_entries(struct sketch *into, const struct sketch *from, uint32_t used)
{
    uint32_t i = into->used, j = from->used;
    struct sketch_entry *entries = into->entries;
    for (uint32_t at = used; j > 0;) {
        const struct sketch_entry *next = &from->entries[j - 1];
        if (i > 0 && entries[i - 1].bucket > next->bucket) {
            entries[--at] = entries[--i];
            continue;
        }
        struct sketch_entry sum = *next;
        if (i > 0 && entries[i - 1].bucket == next->bucket) sum.count += entries[--i].count;
        entries[--at] = sum;
        j--;
    }
    into->used = used;
}

void sketch_merge(struct sketch *into, const struct sketch *from)
{
    if (from->count == 0) return;
    if (into->count == 0 || from->min < into->min) into->min = from->min;
    if (into->count == 0 || from->max > into->max) into->max = from->max;
    into->count += from->count;
    uint32_t used = into->used + count_new(into, from);
    if (used > into->used) into->entries = memory_grow(into->entries, sizeof *into->entries, used);
    merge_entries(into, from, used);
}

double sketch_quantile(const struct sketch *sketch, double q)
{
    struct hist *hist = memory_new(sizeof *hist, 1);
    hist_reset(hist);
    hist->count = sketch->count;
    hist->min = sketch->min;
    hist->max = sketch->max;
    for (uint32_t i = 0; i < sketch->used; i++)
        hist->buckets[sketch->entries[i].bucket] = sketch->entries[i].count;
    double value = hist_quantile(hist, q);
    free(hist);
    return value;
}

void sketch_free(struct sketch *sketch)
{
    free(sketch->entries);
    *sketch = (struct sketch){0};
}
