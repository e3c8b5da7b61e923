#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

// A rollout strategy moves an app's alias from one revision to the next (R1, R2).
//
// Like an autoscaler it is a pure function from a view to a decision.  app.c asks when the deploy
// begins and after every change of the view, until the decision says that the rollout is over.
//
// To add one: write rollout_NAME.c, list it in rollout_policies[], write tests/models/test_rollout_NAME.c.

struct rollout_view {
    uint32_t min_ready;    // ready runners of the new revision that the deploy asks for, >= 1
    uint32_t new_starting; // runners of the new revision on their way
    uint32_t new_ready;
    uint32_t new_failed;   // starts of the new revision that have failed since the deploy
    uint32_t old_ready;
    bool switched;         // the alias points to the new revision
};

struct rollout_decision {
    uint32_t start_new; // this many more, on top of max_concurrency (R2, R6)
    bool switch_alias;  // new requests go to the new revision from now on
    bool drain_old;     // idle old runners stop, busy ones drain with their grace period
    bool abort;         // the new revision's runners stop, the old revision keeps the traffic
    bool over;
};

struct rollout_policy {
    const char *name; // the scenario's "strategy"
    struct rollout_decision (*decide)(const struct rollout_view *view);
    const char *help;
};

extern const struct rollout_policy *const rollout_policies[]; // ends with NULL
extern const struct rollout_policy rollout_recreate, rollout_rolling;
