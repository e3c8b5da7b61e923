#pragma once

#include "models/burn.h"
#include "models/shortfall.h"
#include "models/uptime.h"
#include "models/world.h"
#include "sim/hist.h"

// The downtime family of an app (method B3), beside what outage.h and availability.h meter in every
// run.  Metered only when the scenario asks, by a section "downtime" or by naming one of the
// numbers in an expectation or a stopping rule; else app->downtime is NULL, nothing is computed,
// and no memory is taken:
//
//   burn rates, alerts       burn.h
//   user uptime              uptime.h
//   capacity shortfall       shortfall.h
//   quantiles of outages     a histogram of unserved spells
//
// Who is a user: of a closed loop, each of its users; of a source with sticky keys, each key (a key
// is an app's); of any other source its caller, whom several sources may share; an anonymous
// caller, who may be many people, is one for each source.  Key and caller are the request's own,
// as the row of a trace says.
//
// A request counts from the moment its caller knows the outcome.  It is bad when it is valid and
// did not succeed, and with late_is_bad also when it started later than good_within.  User uptime
// also knows answers to requests from before the warm-up: who is down then is down.

struct downtime {
    struct burn burn;
    struct uptime uptime;
    struct shortfall shortfall;
    struct hist *outages; // lengths of unserved spells
    uint32_t first_key;   // the user whose number that of key 0 is
};

// Requests of the measured time that have ended, without callers' own errors; and the bad ones.
uint64_t downtime_valid(const struct app *app);
uint64_t downtime_bad(const struct model *model, const struct app *app);

size_t downtime_memory(const struct scenario_config *config);
void downtime_create(struct model *model, struct arena *arena); // after apps and sources

// To be called when it is on (app->downtime is not NULL).
void downtime_answer(struct model *model, struct app *app, const struct request *request,
                     enum outcome outcome);
void downtime_outage(struct app *app, sim_time length);        // an unserved spell is over
void downtime_react(struct model *model, struct app *app);     // something of the app has changed
sim_time downtime_alert(struct model *model, struct app *app); // burn_mark()

void downtime_reset(struct model *model, struct app *app); // warm-up; also when it is off
void downtime_close(struct model *model, struct app *app); // the horizon; likewise

// Is it a number that is only there when asked for?
bool downtime_is_on_request(const char *metric);

// The windows that a number is handed out for, as labels; ends with NULL.  NULL: it has none.
const char *const *downtime_windows(const char *metric);

// Hands out the app's numbers by window, which is a label.
typedef void downtime_put(void *context, const char *metric, const char *window, double value);
void downtime_report(const struct model *model, const struct app *app, downtime_put *put,
                     void *context);
