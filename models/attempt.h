#pragma once

#include "models/world.h"

// One attempt of a request: how long it takes, how it ends, what that does to the runner, whether
// another one follows and when (Q3, Q5; the table is endings[] in request.h).
//
// Who decides on a retry, the first word that is said wins: the ceiling of attempts, the caller's
// no_retry and the path; the response's own X-Fal-Needs-Retry; the table.  Then the app's budget
// for the condition must not be used up.

// Draws the end of an attempt that begins on q->runner; its length, as far as the app decides.
sim_time attempt_begin(struct model *model, struct request *request);
// It ends otherwise than the app had it: `ending` is a row of endings[].
static inline void attempt_ends(struct request *q, uint8_t ending)
{
    q->ending = ending;
    q->response = 0;
    q->recorded = false;
}
// Does the end of the attempt kill its runner, and for what reason?  Draws the health check.
bool attempt_kills(struct model *model, const struct request *request, enum stop_reason *reason);
// Is there another attempt?  Takes it from the budget.
bool attempt_retried(struct model *model, struct request *request);
sim_time attempt_retry_delay(struct model *model, const struct request *request); // Q5
