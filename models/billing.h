#pragma once

#include "models/auth.h"
#include "models/world.h"

// Who pays for which runner second (C2, C3, C5).
//
// A billed second of a runner with k requests in flight is shared by them equally; runner->share
// counts, in whole nanoseconds, what each of them has been charged since the runner's birth, so
// that a request is charged the difference between its end and its start.  What the division leaves
// over (less than k ns) and the seconds without a request are `uncovered`.  Then, by the mode in
// which a request was submitted:
//
//   private, public   everything goes to the owner
//   shared            a request that is charged (request.h) goes to its caller; failed ones and
//   uncovered
//                     seconds go to the owner, or to nobody (shared_idle: absorbed)
//
// All is kept in integers, so owner + callers + absorbed = billed time, exactly.
//
// Time at another price than the rate (surge.h) counts as more or less time than has passed; the
// difference is surge_ns, and it is shared in the same way.  Under whole seconds
// (billing_granularity) the life of a runner is rounded up when it ends: rounding_ns, which
// nobody's request covers.
//
// In shared mode a request of a source with billable_units makes its caller pay units x
// unit_price_usd (C2).  What covers its seconds stays as it is, so cost_usd and C5 go on to say
// what the machines cost and whose requests used them, and what the callers pay for that is another
// number: caller_revenue_usd.

// The request leaves its runner, whose meters are settled; `charged`: its caller pays in shared
// mode.
void billing_request(struct model *model, struct request *request, bool charged);

// Nobody pays for what no caller pays for; `shared`: in a mode in which callers pay for theirs.
bool billing_absorbs(const struct app *app, bool shared);

// The app's mode from now on; nothing has run under another one that is not settled.
void billing_begin_mode(struct app *app, enum auth_mode mode);

// The alias gets another mode: what has run until now is charged under the old one (C3).
void billing_change_mode(struct model *model, struct app *app, enum auth_mode mode);

// Brings all meters up to now; requests in flight have not paid their share yet.
void billing_settle_all(struct model *model);
// The warm-up is over: forgets what was metered, keeps the state.
void billing_reset(struct model *model);
// The horizon: charges the requests in flight for what they have used.
void billing_close(struct model *model);

// The runner is gone, its meters are settled: rounds its life up to whole seconds.
void billing_round(struct model *model, struct runner *runner);

sim_wide meter_uncovered_ns(const struct meter *meter);
sim_wide meter_owner_ns(const struct meter *meter);
sim_wide meter_chargeable_ns(const struct meter *meter); // callers would pay it in shared mode
sim_wide meter_billed_ns(const struct meter *meter);
sim_wide meter_priced_ns(const struct meter *meter); // the same, surge counted
double pool_billed_s(const struct pool *pool);
double pool_billed_usd(const struct pool *pool);
