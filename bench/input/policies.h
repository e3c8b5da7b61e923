#pragma once

#include "sim/arena.h"

// The names of the policies and of the metrics of models/, in the order of their tables: what a
// scenario may write.  Each list ends with NULL.

const char *const *policies_autoscaler(struct arena *arena);
const char *const *policies_rollout(struct arena *arena);
const char *const *policies_dispatch(struct arena *arena);
const char *const *policies_metric(struct arena *arena);
