#pragma once

#include "models/world.h"

// The waiting line of an app: first come first served within a priority, normal before low (Q1,
// Q2).  Each endpoint has a queue of its own; of their heads the one that was submitted first is
// next, normal before low.

void waiting_create(struct app *app, struct arena *arena);
void waiting_join(struct model *model, struct app *app, uint32_t request); // at the end
// scaling_delay has changed, for those that wait too (A4).
void waiting_rearm(struct model *model, struct app *app);
void waiting_leave(struct model *model, struct app *app, uint32_t request);
void waiting_create(struct app *app, struct arena *arena); // lanes of both lines
uint32_t waiting_first(const struct model *model, const struct app *app,
                       const struct line *line); // NONE: nobody waits
uint32_t waiting_length(const struct app *app,
                        const struct request *request); // of its queue, in all lines
uint32_t waiting_count(const struct app *app);          // in all lines of the app
void waiting_overdue(struct model *model, struct app *app,
                     uint32_t request); // it has waited scaling_delay
