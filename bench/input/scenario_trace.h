#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/input/scenario_parts.h"

// A source's "trace" (T2): which file, and what its columns mean.  The file is read through here,
// once for each distinct trace of a scenario, so that a bad row is found before a run.
//
//   "trace": {"file": "llm.csv", "arrival": "TIMESTAMP", "offset": "1m", "time_factor": 0.5,
//             "service": {"base": "50ms", "per": {"GeneratedTokens": "20ms"}}}
//
// "service" may also be a column of seconds, "seconds", or the time between two columns of moments,
// {"from": "start", "to": "end"}.  Further columns: "caller", "app" (requests for other apps go
// there; "apps": {"name in the file": "MyApp", "another": null} renames them or leaves them out),
// "priority", "outcome" (an HTTP status), "key" (sticky; hashed into "hints" of the source, 65536
// by default), "cold" (was it a cold start?).  "drop_incomplete": true leaves out rows without a
// time; "sort": true sorts them.
//
//   "trace": {"form": "request_log", "file": "log.json"}
//
// reads the items of the platform's request log: the same keys name keys of an item; arrival is
// "sent_at", service the time from "started_at" to "ended_at".  Its pages come newest first:
// "sort".
//
//   "trace": {"form": "azure_functions", "file": ["d01.csv", "d02.csv"], "function": "ab12..."}
//
// reads counts by minute, a file a day; requests of all rows whose "owner", "app", "function" and
// "trigger" are as given; "arrivals": "random" inside the minute, or "even".
//
// A path in the file is relative to the file's folder, one given by --set to the working folder.

void scenario_trace_read(struct parts *parts, const cJSON *node, uint32_t source);

// Does the trace say how long requests take, when the source does not?
bool scenario_trace_has_service(const cJSON *trace);

// The path that a node names; NULL: reported.
const char *scenario_trace_path(struct parts *parts, const cJSON *node);
// What a run of this trace needs to know, unless it was read through before: then *known.
struct checked_trace *scenario_trace_checked(struct parts *parts, const char *key, bool *known);
void scenario_trace_warn(struct parts *parts, const cJSON *node, uint32_t source,
                         sim_time last_arrival);

void scenario_counts_read(struct parts *parts, const cJSON *node, uint32_t source);
