#include "models/plain.h"

static bool plain_source(const struct traffic_config *c)
{
    return c->kind != ARRIVAL_CLOSED_LOOP && c->batch == BATCH_NONE && !c->has_cancel_after &&
           !c->has_cold_service && !c->labelled && !c->many_apps;
}

static bool plain_revision(const struct revision_config *c)
{
    return c->slowdown.kind == SLOWDOWN_NONE && c->response_count == 0 && c->service_factor == 1;
}

static bool may_be_plain(const struct model *m, const struct app *app)
{
    const struct scenario_config *c = m->config;
    if (m->options.general || m->series || m->trace || m->hints) return false;
    if (app->downtime || app->foresight || app->config->endpoints > 1) return false;
    for (uint32_t i = 0; i < c->caller_count; i++)
        if (c->callers[i].concurrency_limit > 0) return false;
    for (uint32_t i = 0; i < c->traffic_count; i++)
        if ((c->traffic[i].app == app->id || c->traffic[i].many_apps) &&
            !plain_source(&c->traffic[i]))
            return false;
    for (uint32_t i = 0; i < app->config->revisions; i++)
        if (!plain_revision(&c->revisions[app->config->first_revision + i])) return false;
    return true;
}

void plain_create(struct model *m)
{
    m->epoch = 1;
    for (uint32_t i = 0; i < m->config->app_count; i++)
        m->apps[i].may_be_plain = may_be_plain(m, &m->apps[i]);
}

void plain_look(struct model *m, struct app *app)
{
    app->plain_epoch = m->epoch;
    app->plain = app->may_be_plain && app->rollout == NONE && app->restart == NONE &&
                 app->side.pool == NONE && !app->gone;
}
