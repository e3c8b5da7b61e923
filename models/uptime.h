#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/windows.h"
#include "sim/arena.h"
#include "sim/time.h"

// User uptime (B3; Hauer et al., NSDI 2020): not how many requests failed, but how much of its time
// a user saw the app up.  The time between two answers to a user takes the colour of the earlier
// one: up after a good answer, down after a bad one.  A user who gets no answer for `cutoff` is
// inactive from then on, and inactive time counts as neither.
//
//   uptime = sum over users of up / sum over users of (up + down)
//
// An answer is what the user sees, when it is seen: a request counts from its end on, not from its
// submission, so that everything can be metered while time passes.  The users at present up and
// down are two numbers; the area below them goes into one-minute slots, and the worst window of
// each length is the minimum cumulative ratio (MCR).  A window must be full.
//
// Users go inactive in the order of their last answers, so one list in that order is all it takes:
// a constant cost for an answer, and fixed memory.

enum { UPTIME_WINDOWS = 5 };
extern const uint32_t uptime_minutes[UPTIME_WINDOWS];

struct uptime_user {
    sim_time answered; // last
    uint32_t prev, next;
    bool active, down;
};

struct uptime {
    sim_time cutoff;
    struct uptime_user *users;
    uint32_t head, tail; // active users by their last answers
    uint32_t up, down;   // of them
    sim_time since;      // metered up to here
    sim_time slot_end;
    struct window_slot slot; // the present one, ns of users: down, and all that are active
    sim_wide up_ns, down_ns; // since the reset
    struct windows windows;
    double worst[UPTIME_WINDOWS]; // share of down time; -1: no such window yet
};

void uptime_create(struct uptime *uptime, struct arena *arena, uint32_t users, sim_time cutoff);
void uptime_answer(struct uptime *uptime, sim_time now, uint32_t user, bool good);
void uptime_advance(struct uptime *uptime, sim_time now);
void uptime_reset(struct uptime *uptime, sim_time now); // forgets time, keeps who is up and down

double uptime_mcr(const struct uptime *uptime, uint32_t i); // NaN: no full window had anybody
