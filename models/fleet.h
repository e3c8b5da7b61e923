#pragma once

#include "models/world.h"

// The life of a runner, in the order in which it happens: asked for, waiting out the crash
// back-off, getting hardware, pulling the image, setup(), ready, and the ways out.  Rules P1, P3,
// P5, P6, M3.
//
// Functions here change runners and lists and schedule their events; they never start requests or
// ask a policy. The handler that called them does that once, at its end, through app_react().

uint32_t fleet_start(struct model *model,
                     struct pool *pool); // one more runner; NONE: no more of them fit
// A start whose number has been taken from pool->births beforehand, and the time that one takes on
// the revision's first machine type, up to ready: as far as it can be known (no crash back-off, no
// waiting for room, no image nodes, no first runner of a region).
uint32_t fleet_start_numbered(struct model *model, struct pool *pool, uint64_t number);
sim_time fleet_start_length(struct model *model, struct pool *pool, uint64_t number);
void fleet_start_ready(struct model *model,
                       struct pool *pool); // one that takes no time to start (initial_runners)
bool fleet_is_initial(const struct runner *runner); // it was started by the latter

// Starting: called off.  Idle: teardown().  Busy: drains for the grace period, then teardown()
// (P6).
void fleet_stop(struct model *model, uint32_t id, enum stop_reason reason);
// The same by a host that goes: the end comes when `notice` and then the grace period are over,
// also under drain: wait.
void fleet_take_down(struct model *model, uint32_t id, enum stop_reason reason, sim_time notice);
// Gone on the spot, without teardown(); cuts its requests, as connection errors when it is a crash.
void fleet_destroy(struct model *model, uint32_t id, enum stop_reason reason);
void fleet_expire(struct model *model, uint32_t id,
                  enum stop_reason reason); // idle -> TERMINATED, by keep_alive
void fleet_kill(struct model *model, uint32_t id,
                enum stop_reason reason); // at once; cuts its requests
// The last request of a draining runner has left.
void fleet_drained(struct model *model, uint32_t id);
// Looks for room; the runner is in PENDING without a machine.
void fleet_try_hardware(struct model *model, uint32_t id);
// Time in which starts of the pool have waited for capacity.
sim_time fleet_waited_for_room(struct model *model, const struct pool *pool);

void on_runner_stage(void *model, struct sim_event event); // the present stage is over
void on_grace_over(void *model, struct sim_event event);
