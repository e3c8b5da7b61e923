#pragma once

#include "bench/input/scenario_parts.h"

// What kind of study a scenario is (method A0), which decides what its intervals may rest on:
//
//   terminating    it has a natural end: a rollout, a business day.  A warm-up is its preparation.
//   steady_state   how things are in the long run.  The beginning is cut off: "warm_up", or "auto".
//   cyclic         the same with a daily or weekly pattern.  "cycle" is its length; warm-up and
//   what
//                  is counted are whole numbers of cycles.
//
// Without the key: steady_state with a warm-up and without a timeline, else terminating.

void scenario_study_read(const struct reader *reader, struct object *top,
                         struct scenario *scenario);
// Once what the study is of is known; `base` is the file without any alternative.
void scenario_study_default(struct scenario *scenario, const struct parts *base);
// Is this alternative such a study?  `root` is its tree.
void scenario_study_check(const struct parts *parts, const cJSON *root,
                          const struct scenario *scenario);
