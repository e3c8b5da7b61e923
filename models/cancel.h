#pragma once

#include "models/world.h"

// Callers give up (Q6): a request waits, or is served, for no longer than its caller's patience.
//
// In the queue, and between two attempts, it is removed.  In flight it depends on the app:
// `cooperative` frees the slot at once and the runner stays; `ignored` goes on to the end of the
// attempt, which nobody waits for, is billed and never retried.  The outcome is `cancelled` at that
// moment either way.  On the other paths a dropped connection is the same.

void cancel_arm(struct model *model,
                uint32_t request); // a request of an impatient source was submitted
void on_cancel(void *model, struct sim_event event);
