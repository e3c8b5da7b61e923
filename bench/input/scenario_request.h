#pragma once

#include "bench/input/scenario_parts.h"

// What an app does to requests, keys of a revision: "responses", "retry", "skip_retry_conditions",
// "slowdown".

void scenario_request_read(struct parts *parts, struct object *object,
                           struct revision_config *revision);
