#pragma once

#include "models/world.h"

// Most apps, most of the time, are plain: one revision takes requests, no rollout or restart is
// under way, and none of the features below is used.  Their requests take handlers of service.c
// that are compiled without the questions which a plain app answers with no.  It is the same source
// text; what it must not change is anything at all, and tests/models/test_plain.c holds that.
//
//   of an app       downtime family, series, trace, sticky keys, callers' limits, endpoints,
//                   slowdown, responses, a factor of service times, foresight
//   of its sources  closed loop, batches, patience, cold service times, labels, rows for other apps
//
// Whether an app is plain can only change in a handler of the general kind; all of them count in
// m->epoch (model_at()), so the answer is kept until the next one has run.

void plain_create(struct model *model); // after apps, sources, hints, series
void plain_look(struct model *model, struct app *app);
void plain_look_source(struct model *model, struct source *source);

static inline bool plain_app(struct model *m, struct app *app)
{
    if (app->plain_epoch != m->epoch) plain_look(m, app);
    return app->plain;
}

static inline bool plain_source(struct model *m, struct source *source)
{
    if (source->plain_epoch != m->epoch) plain_look_source(m, source);
    return source->plain;
}

// A request of a plain source arrives, or one of a plain app is done.
void plain_arrives(struct model *model, struct source *source, uint32_t from);
void plain_done(struct model *model, struct app *app, struct pool *pool, uint32_t request);
