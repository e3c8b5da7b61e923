#pragma once

#include "models/world.h"

// A trace is read once, but a source and the copy of it that runs ahead (foresight.h) both want its
// rows: the copy reads them, a ring keeps them for the source itself.

size_t read_ahead_memory(const struct scenario_config *config); // of one ring
void read_ahead_create(struct arena *arena, struct model *model, struct source *source,
                       struct source *copy);
enum trace_end read_ahead_next(struct model *model, uint32_t id, struct source *source,
                               struct trace_row *row);
