#include "models/toll.h"

#include "models/downtime.h"
#include "models/outage.h"

static struct toll read_meters(const struct model *m, const struct app *app)
{
    const struct fleet_stats *fleet = &app->fleet;
    sim_time mixing = fleet->mixed_since != SIM_NEVER ? m->now - fleet->mixed_since : 0;
    return (struct toll){
        .unserved_ns = outage_unserved(m, app),
        .mixed_ns = fleet->mixed_ns + mixing,
        .killed = app->service.killed,
        .valid = downtime_valid(app),
        .bad = downtime_bad(m, app),
    };
}

void toll_open(struct model *m, struct app *app, uint32_t row)
{
    app->toll = row;
    if (app->downtime) downtime_alert(m, app); // those from before are not this rollout's
    m->rollouts[row].before = read_meters(m, app);
}

void toll_close(struct model *m, struct app *app)
{
    if (app->toll == NONE) return;
    struct rollout_record *record = &m->rollouts[app->toll];
    const struct toll now = read_meters(m, app), before = record->before;
    record->toll = (struct toll){
        .unserved_ns = now.unserved_ns - before.unserved_ns,
        .mixed_ns = now.mixed_ns - before.mixed_ns,
        .killed = now.killed - before.killed,
        .valid = now.valid - before.valid,
        .bad = now.bad - before.bad,
    };
    if (app->downtime) record->alerted = downtime_alert(m, app);
}
