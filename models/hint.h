#pragma once

#include "models/world.h"

// Sticky keys (Q8, "hint"): a request may carry a key, and a runner remembers the last few keys
// that it has served. A runner that remembers the key and has a free slot is preferred; when there
// is none, any free runner will do, without waiting.  Keys are numbers of an app: two sources that
// draw the same one mean the same thing.

size_t hint_memory(const struct scenario_config *config);
void hint_create(struct model *model, struct arena *arena); // after all pools
// The key of a new request: the trait that a trace gave it, or drawn; NONE: no key.
uint32_t hint_of(struct model *model, const struct request *request, uint32_t trait);
// NONE: nobody who remembers it has a free slot.  The one that learned it last comes first.
uint32_t hint_find(const struct model *model, const struct pool *pool, uint32_t key);
void hint_served(struct model *model, uint32_t runner, uint32_t key);
void hint_forget(struct model *model, uint32_t runner); // it is gone
