#pragma once

#include "models/world.h"

// The life of a request, in the order in which it happens: submitted, admitted, waiting, begun on a
// runner, and the ways to end; retries go round again.  Rules Q1 to Q5, Q9, C1.

// Starts waiting requests while the routed revision has free slots.
void service_serve_line(struct model *model, struct app *app);
// The app is gone: nobody waits any more (D1).
void service_drop_line(struct model *model, struct app *app);
// The runner goes: what it serves ends so (ENDING_CUT, ENDING_CRASH), and is retried where its path
// allows (P6).
void service_cut_all(struct model *model, uint32_t runner, uint8_t ending);
// Ends a request that waits or backs off.
void service_remove(struct model *model, uint32_t request, enum outcome outcome);
// Ends the attempt under way now; `ending` is a row of endings[].
void service_interrupt(struct model *model, uint32_t request, uint8_t ending);
// The request has its outcome, the attempt goes on.
void service_abandon(struct model *model, uint32_t request, enum outcome outcome);
// The horizon: requests still in the system count as unfinished.
void service_close(struct model *model);

// An instant of arrival; an attempt may be over.  Their handlers are in plain.c.
void service_arrives(struct model *model, struct sim_event event);
void service_done(struct model *model, struct sim_event event);
void on_retry(void *model, struct sim_event event);
void on_overdue(void *model, struct sim_event event);
void on_start_timeout(void *model, struct sim_event event);
