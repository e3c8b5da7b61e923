#pragma once

#include "models/world.h"

// Success by intervals (B3), as service level agreements count it: each interval of
// downtime.interval has the share of its valid requests that succeeded, by when they ended, and the
// availability is the plain mean over intervals, in which an interval without requests counts as 1.
// So a quiet interval weighs as much as a busy one, unlike in request_success_ratio.  An interval
// that the horizon cuts is one, too.

// A valid request has ended.
void availability_count(struct model *model, struct app *app, bool success);
void availability_close(struct model *model, struct app *app); // the horizon
double availability_mean(const struct model *model, const struct app *app);
