#pragma once

#include "models/world.h"

// Closed-loop sources (T1): each of n users thinks, submits a request, waits for its end, whatever
// it is, and thinks again.  The k-th think time and the k-th request of a user are fixed numbers of
// the source's streams, so no strategy shifts anybody's.  A request's number is its user and its
// turn.

void users_create(struct arena *arena, struct source *source);
size_t users_memory(const struct scenario_config *config);
void users_start(struct model *model, uint32_t source);
uint64_t users_number(struct source *source,
                      uint32_t user); // of the request that the user submits now
void users_answered(struct model *model, const struct request *request); // its user thinks
