#pragma once

#include "bench/input/scenario_parts.h"

// Who calls: the names that sources give, and the settings of "callers".

void scenario_callers_read(struct parts *parts, const cJSON *node); // before the sources
// A caller by name; one that is new is added.
uint32_t scenario_callers_id(struct parts *parts, const cJSON *node, const char *name);
bool scenario_callers_find(struct parts *parts, const cJSON *node,
                           uint32_t *caller); // false: unknown, reported
void scenario_callers_check(struct parts *parts,
                            const cJSON *node); // after the sources: all of them call
