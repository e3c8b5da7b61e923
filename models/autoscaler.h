#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/config.h"
#include "sim/time.h"

// An autoscaler policy says how many runners an app's routed revision should have now (A1, A3).
//
// It sees a view and returns a decision; it cannot reach the event queue, the clock or the random
// streams.  So a policy is tested with a table of views and no engine, and no policy can break
// determinism.  scaler.c asks after every change of the view and turns the answer into starts and
// stops.
//
// A policy may remember things: it then gets `state_size` bytes for each revision that takes
// requests, zeroed when the revision begins to.  It may have keys of its own (`params`, offsets
// into struct app_config).  Asked twice at one instant about the same view, it answers the same.
//
// Scaling down is keep_alive's business, and it never goes below the target; unless the policy
// `overrides_keep_alive`: then nothing expires, and the decision says what goes of the runners
// above the target.
//
// To add one: write autoscaler_NAME.c, list it in autoscaler_policies[], write
// tests/models/test_autoscaler_NAME.c; its keys, if any, are a struct and a table of config.h.

struct autoscaler_view {
    const struct scaling_config *scaling;
    const struct app_config *app; // where a policy finds its own keys
    void *state;                  // of the policy for this revision; NULL when state_size is 0
    sim_time now;
    uint32_t max_multiplexing; // requests one runner serves at once, >= 1
    uint32_t queued;           // requests waiting for a slot
    uint32_t overdue;          // of those, the ones that have waited at least scaling_delay
    uint32_t in_flight;        // requests being served
    uint32_t starting;         // runners of the routed revision not ready yet
    uint32_t ready;            // runners of it idle or busy; draining ones do not count
    uint32_t foreseen;         // runners to have now for what is to come; 0 unless it `foresees`
};

struct autoscaler_decision {
    uint32_t target;    // runners wanted, ready or on their way
    sim_time ask_again; // ask after this long even if nothing has changed; 0: no need
    // What goes of the runners above the target, in this order, while there are any.
    bool call_off_starts; // the start begun last first
    bool stop_idle;       // the longest idle first, by teardown()
    bool expire_idle;     // likewise, without teardown(), as when keep_alive ends
    bool drain_busy;      // the oldest first
};

struct autoscaler_policy {
    const char *name; // the scenario's "autoscaler"
    struct autoscaler_decision (*decide)(const struct autoscaler_view *view);
    // May a request that finds no free slot wait?  NULL: always (max_queue_length apart).
    bool (*may_wait)(const struct autoscaler_view *view);
    size_t state_size;          // bytes
    const struct param *params; // {"autoscaler": {NAME: {...}}}; NULL: it has none
    bool overrides_keep_alive;
    bool foresees; // it knows the future (foresight.h)
    bool monotone; // answers with a target alone, by the view alone, and more load (queued,
                   // overdue, in_flight) never lowers it
    const char *help;
};

extern const struct autoscaler_policy *const autoscaler_policies[]; // ends with NULL
extern const struct autoscaler_policy autoscaler_fal, autoscaler_fixed, autoscaler_lambda,
    autoscaler_knative, autoscaler_oracle;
