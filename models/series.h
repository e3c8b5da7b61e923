#pragma once

#include "models/world.h"

// The time series of a replication: at the end of every bin the change of each meter since the last
// one is handed to the sink.  Without a sink there are no events, no memory and no work but a test
// of one pointer.

struct wait_bin { // waits of attempts that began in the present bin
    uint64_t begun, arrivals;
    sim_wide sum;
    sim_time max;
};

struct series_state {
    sim_time from;          // beginning of the present bin
    struct wait_bin *waits; // by app
    double *last;           // meter values at the beginning of the bin, in the order of emission
    uint64_t events;        // of its own, which do not count as the model's
    size_t cursor;
    bool shifting; // see series_reset()
};

void series_create(struct model *model, struct arena *arena);
void series_start(struct model *model);  // schedules the first bin's end
void series_finish(struct model *model); // the horizon: the last bin
void on_series(void *model, struct sim_event event);
// To be called just before the warm-up sets the meters to zero: the present bin goes on as if it
// had not.
void series_reset(struct model *model);
void series_mark(struct model *model, const char *what, const char *app, const char *detail);

static inline void series_wait(struct model *m, uint32_t app, sim_time wait)
{
    if (!m->series) return;
    struct wait_bin *bin = &m->series->waits[app];
    bin->begun++;
    bin->sum += wait;
    if (wait > bin->max) bin->max = wait;
}

static inline void series_arrival(struct model *m, uint32_t app)
{
    if (m->series) m->series->waits[app].arrivals++;
}
