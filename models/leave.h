#pragma once

#include "models/world.h"

// Which runners of a pool leave when some have to: starts first (the one begun last), then the idle
// ones (the longest idle), then busy ones (the oldest), which drain.

void leave_some(struct model *model, struct pool *pool, uint32_t count, enum stop_reason reason);
// Idle ones, the longest idle first, or busy ones, the oldest first, because the autoscaler asks
// for fewer; expired: without teardown().  How many of `count` are left to go.
uint32_t leave_idle(struct model *model, struct pool *pool, uint32_t count, bool expired);
uint32_t leave_busy(struct model *model, struct pool *pool, uint32_t count);
// One of those that a restart has marked (R4); starts are never among them.
void leave_outgoing(struct model *model, struct pool *pool);
// Killed: nothing drains, requests in flight are cut.
void leave_at_once(struct model *model, const struct pool *pool, enum stop_reason reason);
void leave_all(struct model *model, const struct pool *pool, enum stop_reason reason);
