#pragma once

#include "bench/input/scenario_parts.h"

// What an experiment wants of its runs: how many replications, and which numbers it expects.

void scenario_goals_read_replications(const struct reader *reader, const cJSON *node,
                                      struct replication_plan *plan);

// The names that labels may have are those of `base`; `scenario` knows its alternatives already.
void scenario_goals_read_expect(const struct parts *base, const cJSON *node,
                                struct scenario *scenario);

// What other parts of an experiment need too.  The metric's own name, or NULL: reported; `key`: the
// name is the node's key.
const char *scenario_goals_metric(const struct reader *reader, const cJSON *node, const char *name,
                                  bool key);
// All keys that are names of labels.
void scenario_goals_labels(const struct parts *base, const struct scenario *scenario,
                           struct object *object, const char *metric, const char *labels[LABELS]);
// The keys "metric" and the labels of an object that may have others.
void scenario_goals_read_choice(const struct parts *base, const struct scenario *scenario,
                                struct object *object, struct metric_choice *choice);
