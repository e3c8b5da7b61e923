#pragma once

#include "bench/input/scenario_parts.h"

// The key "selection": which number decides between the alternatives, which differences matter,
// and how `compare` looks for the best.
//
//   "selection": {"metric": "unserved_time_s", "app": "MyApp", "procedure": "kn",
//                 "zones": {"unserved_time_s": 1, "cost_usd": 0.05}}

extern const struct param selection_params[]; // of struct selection_plan

// The names that labels may have are those of the alternatives.
void scenario_selection_read(const struct parts *base, const cJSON *node,
                             const struct scenario *scenario, struct selection_plan *plan);
