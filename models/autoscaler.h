#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/config.h"

// An autoscaler policy says how many runners an app's routed revision should have now (A1, A3).
//
// It sees a view and returns a decision; it cannot reach the event queue, the clock or the random
// streams.  So a policy is tested with a table of views and no engine, and no policy can break
// determinism.  app.c asks after every change of the view and turns the answer into starts.
//
// Scaling down is not a decision: keep_alive does that, and never below the target.
//
// To add one: write autoscaler_NAME.c, list it in autoscaler_policies[], write
// tests/models/test_autoscaler_NAME.c.  Nothing else changes.

struct autoscaler_view {
    const struct scaling_config *scaling;
    uint32_t max_multiplexing; // requests one runner serves at once, >= 1
    uint32_t queued;           // requests waiting for a slot
    uint32_t overdue;          // of those, the ones that have waited at least scaling_delay
    uint32_t in_flight;        // requests being served
    uint32_t starting;         // runners of the routed revision not ready yet
    uint32_t ready;            // runners of it idle or busy; draining ones do not count
};

struct autoscaler_policy {
    const char *name;                                       // the scenario's "autoscaler"
    uint32_t (*target)(const struct autoscaler_view *view); // runners wanted
    // May a request that finds no free slot wait?  NULL: always (max_queue_length apart).
    bool (*may_wait)(const struct autoscaler_view *view);
    const char *help;
};

extern const struct autoscaler_policy *const autoscaler_policies[]; // ends with NULL
extern const struct autoscaler_policy autoscaler_fal, autoscaler_fixed, autoscaler_lambda;
