#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "bench/input/object.h"

// What a file asks for that costs time, and so is done only then.
//
//   downtime  the numbers that downtime_is_on_request() lists: by a section "downtime" (which
//             scenario_parts.c reads), or by naming one of them in an expectation, a stopping
//             rule, the selection, the sweep or the plan
//   twin      every replication of every alternative a second time without its rollouts: by
//             "twin": true (the option --twin), or by naming a number that only this gives

struct wishes {
    bool downtime, twin;
};

struct wishes scenario_wishes_read(const struct reader *reader, struct object *top);
// Takes the deploys, restarts and rollbacks out of a scenario's timeline.
void scenario_wishes_drop_rollouts(cJSON *root);
