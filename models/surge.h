#pragma once

#include "models/world.h"

// Price windows of a machine type: inside one, each billed second costs `factor` times the rate.
// billing.c meters the time beyond the rate as if more seconds had passed, so all who pay share it
// in the same way.

void surge_start(struct model *model); // schedules the windows
bool surge_used(const struct model *model);
void on_surge(void *model, struct sim_event event);
