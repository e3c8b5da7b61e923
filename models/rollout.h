#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/config.h"
#include "sim/time.h"

// A rollout strategy moves an app's alias from one revision to the next (R1, R2, R3, R5, R7).
//
// Like an autoscaler it is a pure function from a view to a decision.  deploy.c asks when the
// deploy begins and after every change of the view, until the decision says that the rollout is
// over.
//
// To add one: write rollout_NAME.c, list it in rollout_policies[], write
// tests/models/test_rollout_NAME.c.

enum rollout_end { // the label `outcome` of rollout_outcome
    ROLLOUT_COMPLETED,
    ROLLOUT_ABORTED,
    ROLLOUT_SUPERSEDED,
    ROLLOUT_STALLED,
    ROLLOUT_UNFINISHED,
    ROLLOUT_ENDS
};
extern const char *const rollout_end_names[]; // ends with NULL

struct rollout_view {
    uint32_t min_ready;    // ready runners of the new revision that the deploy asks for, >= 1
    uint32_t new_starting; // runners of the new revision on their way
    uint32_t new_ready;
    uint32_t new_failed; // starts of the new revision that have failed since the deploy
    uint32_t new_joined; // ... and that have become ready
    uint32_t old_starting, old_ready;
    uint32_t old_alive;     // those and the ones that drain or terminate
    uint32_t old_at_switch; // ready runners of the old revision when the alias moved
    uint32_t replicas; // runners of the old revision at the deploy, or wanted now if that is more
    bool switched;     // the alias points to the new revision
    uint32_t step;     // of a canary: 0 before the first one
    sim_time in_step;  // since it began
    uint64_t new_ended, new_bad; // attempts on the new revision beside the old one, and failed ones
    const struct rollout_settings *settings; // NULL: all zero
};

struct rollout_decision {
    uint32_t start_new; // this many more, on top of max_concurrency (R2, R6)
    uint32_t leave_old; // this many old runners leave: starts first, then idle ones, then busy ones
    bool switch_alias;  // new requests go to the new revision from now on
    bool drain_old;     // idle old runners stop, busy ones drain with their grace period
    bool abort;         // the new revision's runners stop, the old revision keeps the traffic
    bool over;
    bool hold;     // the autoscaler rests until the next decision
    bool shared;   // ready runners of both revisions serve the app's line
    double weight; // share of new requests that go to the new revision, beside the old one
    bool next_step;
    sim_time ask_again; // ask after this long even if nothing has changed; 0: no need
};

struct rollout_policy {
    const char *name; // the scenario's "strategy"
    struct rollout_decision (*decide)(const struct rollout_view *view);
    const char *help;
};

extern const struct rollout_policy *const rollout_policies[]; // ends with NULL
extern const struct rollout_policy rollout_recreate, rollout_rolling, rollout_k8s_recreate,
    rollout_rolling_update, rollout_blue_green, rollout_canary;

// What strategies have in common.

// Too many starts of the new revision have failed: before the switch that aborts (R2).
static inline bool rollout_start_failed(const struct rollout_view *view)
{
    uint32_t attempts = view->settings ? view->settings->verify_attempts : 1;
    return view->new_failed >= (attempts > 0 ? attempts : 1);
}

// Starts that are missing until `wanted` runners of the new revision are ready or on their way.
static inline uint32_t rollout_missing(const struct rollout_view *view, uint32_t wanted)
{
    uint32_t coming = view->new_starting + view->new_ready;
    return wanted > coming ? wanted - coming : 0;
}
