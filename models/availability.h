#pragma once

#include "models/world.h"

// Success by intervals (B3), as service level agreements count it: each interval of
// downtime.interval has the share of its valid requests that succeeded, by when they ended, and the
// availability is the plain mean over intervals, in which an interval without requests counts as 1.
// So a quiet interval weighs as much as a busy one, unlike in request_success_ratio.  An interval
// that the horizon cuts is one, too.

void availability_move(struct model *model, struct app *app); // to the interval of now

// Before an outcome is counted.
static inline void availability_look(struct model *m, struct app *app)
{
    if (m->now >= app->service.availability.until) availability_move(m, app);
}
void availability_close(struct model *model, struct app *app); // the horizon
double availability_mean(const struct model *model, const struct app *app);
