#pragma once

#include "models/world.h"

// What callers' accounts may do (Q9, domain 6.3), and the flushing of queues.
//
// In shared mode a caller may have so many requests in progress at once, over all apps; waiting
// does not count, and the owner and the team are exempt.  A queue request that could start and may
// not is put back with the back-off of Q5, as often as it takes; any other one is refused with 429,
// at once or when its turn comes.

void callers_mark(struct model *model,
                  struct request *request); // at submission: is it subject to a limit?
bool callers_admit(const struct model *model, const struct request *request); // may it start now?
void callers_count(struct model *model, const struct request *request, int change);
sim_time callers_delay(struct model *model, struct request *request); // until it may ask again
// Drops the queue's requests that are not in flight; caller NONE: of all callers.
void callers_flush(struct model *model, struct app *app, uint32_t caller);
