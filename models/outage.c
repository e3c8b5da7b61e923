#include "models/outage.h"

#include "models/downtime.h"

// A revision that takes requests has no ready runner.  During a rollout two may: behind one line
// either will do; by weight each has requests of its own, unless the second one has them all.
static bool lacks_runner(const struct model *m, const struct app *app)
{
    const struct side *side = &app->side;
    bool routed = m->pools[app->routed].ready > 0;
    if (app->gone) return false;
    if (side->pool == NONE) return !routed;
    bool second = m->pools[side->pool].ready > 0;
    if (side->shared) return !routed && !second;
    return (!routed && (side->weight < 1 || app->line.length > 0)) || !second;
}

// A request waits, and no ready runner may take it.
static bool starved(const struct model *m, const struct app *app)
{
    const struct side *side = &app->side;
    if (side->pool == NONE || side->shared) return app->line.length > 0;
    return (m->pools[app->routed].ready == 0 && app->line.length > 0) ||
           (m->pools[side->pool].ready == 0 && side->line.length > 0);
}

// Of the time from o->since to now, how much was unserved; it always is one piece, at the
// beginning.
static sim_time unserved_part(const struct model *m, const struct app *app, bool lacks)
{
    const struct outage *o = &app->outage;
    sim_time elapsed = m->now - o->since;
    if (!lacks) return 0;
    if (starved(m, app)) return elapsed;
    sim_time refused = o->refused_until - o->since;
    if (refused <= 0) return 0;
    return refused < elapsed ? refused : elapsed;
}

static void end_spell(struct app *app)
{
    struct outage *o = &app->outage;
    if (o->spell_ns == 0) return;
    if (app->downtime) downtime_outage(app, o->spell_ns);
    if (o->spell_ns > o->longest_ns) o->longest_ns = o->spell_ns;
    o->spells++;
    o->spell_ns = 0;
}

void outage_update(struct model *m, struct app *app)
{
    struct outage *o = &app->outage;
    sim_time elapsed = m->now - o->since;
    if (elapsed == 0) return;
    bool lacks = lacks_runner(m, app);
    sim_time unserved = unserved_part(m, app, lacks);
    if (lacks) o->no_runner_ns += elapsed;
    o->unserved_ns += unserved;
    o->spell_ns += unserved;
    if (unserved < elapsed) end_spell(app);
    o->since = m->now;
}

void outage_refused(struct model *m, struct app *app)
{
    outage_update(m, app);
    app->outage.refused_until = sim_time_add(m->now, app->config->refusal_window);
}

void outage_reset(struct model *m, struct app *app)
{
    outage_update(m, app);
    sim_time refused_until = app->outage.refused_until;
    app->outage = (struct outage){.since = m->now, .refused_until = refused_until};
}

void outage_close(struct model *m, struct app *app)
{
    outage_update(m, app);
    end_spell(app);
}

sim_time outage_unserved(const struct model *m, const struct app *app)
{
    return app->outage.unserved_ns + unserved_part(m, app, lacks_runner(m, app));
}
