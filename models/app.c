#include "models/app.h"

#include "models/deploy.h"
#include "models/restart.h"
#include "models/scaler.h"
#include "models/service.h"
#include "models/waiting.h"

void app_react(struct model *m, struct app *app)
{
    if (app->rollout != NONE) deploy_ask(m, app);
    if (app->restart != NONE && !app->hold) restart_ask(m, app);
    if (waiting_count(app) > 0) service_serve_line(m, app);
    scaler_ask(m, app, &m->pools[app->routed]);
    if (app->side.pool != NONE) scaler_ask(m, app, &m->pools[app->side.pool]);
}

void app_pool_empty(struct model *m, struct pool *pool)
{
    if (pool->id != m->apps[pool->app].routed) deploy_old_gone(m, pool);
}
