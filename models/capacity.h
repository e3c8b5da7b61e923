#pragma once

#include "models/world.h"

// Room on machines, shared by all apps of a scenario (M2, M3).  A start takes the first type of its
// list with room; one that finds none waits, in state PENDING, first come first served.

// Gives the runner a machine type (runner->slot).  False: no room on any.
bool capacity_take(struct model *model, struct runner *runner);
// Gives it back, and wakes those that wait (capacity_wakeup).
void capacity_release(struct model *model, struct runner *runner);
void capacity_change(struct model *model, uint32_t machine,
                     uint32_t capacity); // timeline event (M1)
