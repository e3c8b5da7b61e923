#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/input/scenario_parts.h"

// A source's "trace": which file, which columns.  The file is read through here, once for each
// distinct trace of a scenario, so that a bad row is found before a run.
//
//   "trace": {"file": "llm.csv", "arrival": "TIMESTAMP", "offset": "1m", "time_factor": 0.5,
//             "service": {"base": "50ms", "per": {"GeneratedTokens": "20ms"}}}
//
// "service" may also be the name of a column of seconds.  A path in the file is relative to the
// file's folder, one given by --set to the working folder.

void scenario_trace_read(struct parts *parts, const cJSON *node, uint32_t source);
