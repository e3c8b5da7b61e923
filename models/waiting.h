#pragma once

#include "models/world.h"

// The waiting line of an app: first come first served within a priority, normal before low (Q1, Q2).

void waiting_join(struct model *model, struct app *app, uint32_t request);  // at the end
void waiting_leave(struct model *model, struct app *app, uint32_t request);
uint32_t waiting_first(const struct line *line); // NONE when nobody waits
uint32_t waiting_count(const struct app *app);   // in all lines of the app
void waiting_overdue(struct model *model, struct app *app, uint32_t request); // it has waited scaling_delay
