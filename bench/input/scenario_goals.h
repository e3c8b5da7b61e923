#pragma once

#include "bench/input/scenario_parts.h"

// What an experiment wants of its runs: how many replications, and which numbers it expects.

void scenario_goals_read_replications(const struct reader *reader, const cJSON *node,
                                      struct replication_plan *plan);

// The names that labels may have are those of `base`; `scenario` knows its alternatives already.
void scenario_goals_read_expect(const struct parts *base, const cJSON *node,
                                struct scenario *scenario);

// The keys "metric" and the labels of an object that may have others.
void scenario_goals_read_choice(const struct parts *base, const struct scenario *scenario,
                                struct object *object, struct metric_choice *choice);
