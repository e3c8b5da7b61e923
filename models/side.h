#pragma once

#include "models/world.h"

// A second revision that takes requests of an app while a rollout is under way (R5).
//
// Weighted (canary): a request belongs to one revision from its submission on, by a number drawn
// for it alone.  So the same requests go to the new revision whatever else happens, and one that
// does at 10 % still does at 50 %.  Each revision has a waiting line of its own: one common line
// would let waiting requests flow to whichever revision has a free slot, and the weights would not
// hold under load.
//
// Shared (rolling_update): ready runners of both revisions stand behind one line, as pods behind a
// service. A request is offered to either revision in proportion to its ready runners, then to the
// other one.

void side_open(struct model *model, struct app *app, uint32_t pool, double weight, bool shared);
// Its waiting requests join the app's line, by time of submission within a priority.
void side_close(struct model *model, struct app *app);

// The pool that the request belongs to, and, with *other not NONE, the pool that may serve it
// instead. Notes in the request which line it waits in.
uint32_t side_route(struct model *model, struct app *app, struct request *request, uint32_t *other);
void side_count(struct app *app,
                const struct ending_row *ending); // an attempt has ended on its runner

// The line that a pool serves; NULL: it takes no requests.
static inline struct line *side_line(struct app *app, uint32_t pool)
{
    if (pool == app->routed) return &app->line;
    if (pool != app->side.pool) return NULL;
    return app->side.shared ? &app->line : &app->side.line;
}
