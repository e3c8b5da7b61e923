#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "models/windows.h"
#include "sim/arena.h"
#include "sim/time.h"

// The error budget (B3; the workbook of Google's site reliability engineers, ch. 5): with an
// objective of `slo` good requests, 1 - slo of them may be bad.  The burn rate over a window is its
// share of bad requests over that: at 1 the budget lasts exactly as long as it is for.
//
// Alerts watch a long window, so that they mean something, and a short one, so that they stop soon:
// both must burn faster than the factor.  For 30 days, 14.4 over 1 h is 2 % of the budget, 6 over
// 6 h is 5 %, 1 over 3 d is 10 %.  A monitor looks once a minute.
//
// The time before the measured one is taken as having had the same traffic and nothing bad, so that
// a study of two hours can say what a window of three days would show.

enum { BURN_WINDOWS = 5, BURN_ALERTS = 3 };
extern const uint32_t burn_minutes[BURN_WINDOWS];

struct burn_alert {
    double factor;
    uint32_t window, confirms; // the long one and the short one, of burn_minutes[]
};
extern const struct burn_alert burn_alerts[BURN_ALERTS];

struct burn {
    double slo;
    sim_time slot_end, from; // of the present slot; of what is measured
    struct window_slot slot; // requests
    struct windows windows;
    double peak[BURN_WINDOWS]; // -1: no request yet
    bool firing[BURN_ALERTS];
    sim_time first[BURN_ALERTS]; // when it first fired; SIM_NEVER: it did not
    sim_time raised;             // when one first began to fire since burn_mark()
};

void burn_create(struct burn *burn, struct arena *arena, double slo);
void burn_count(struct burn *burn, sim_time now, bool bad); // a request has ended
void burn_advance(struct burn *burn, sim_time now);
void burn_reset(struct burn *burn, sim_time now);    // forgets everything
sim_time burn_mark(struct burn *burn, sim_time now); // `raised`, which starts anew

double burn_peak(const struct burn *burn, uint32_t i); // NaN: no request
