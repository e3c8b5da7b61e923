#pragma once

#include "models/world.h"

// The runners of a pool that have a free slot, the one with the fewest requests in flight first,
// the oldest among equals: a binary heap in free_index.runner_at, with places kept in
// runner->free_next.

void load_heap_add(struct model *model, struct free_index *index, uint32_t runner);
void load_heap_remove(struct model *model, struct free_index *index, uint32_t runner);
void load_heap_moved(struct model *model, struct free_index *index,
                     uint32_t runner); // its load changed
