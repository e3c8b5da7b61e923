#include "models/callers.h"

#include "models/service.h"

static uint32_t caller_of(const struct model *m, const struct request *q)
{
    return m->config->traffic[q->source].caller;
}

void callers_mark(struct model *m, struct request *q)
{
    const struct caller_config *caller = &m->config->callers[caller_of(m, q)];
    q->limited = q->shared && caller->concurrency_limit > 0 && caller->kind != CALLER_OWNER &&
                 caller->kind != CALLER_TEAM;
}

bool callers_admit(const struct model *m, const struct request *q)
{
    if (!q->limited) return true;
    uint32_t caller = caller_of(m, q);
    return m->in_progress[caller] < m->config->callers[caller].concurrency_limit;
}

void callers_count(struct model *m, const struct request *q, int change)
{
    m->in_progress[caller_of(m, q)] += (uint32_t)change;
}

sim_time callers_delay(struct model *m, struct request *q)
{
    const struct platform_config *p = &m->config->platform;
    sim_time delay = p->retry_base;
    for (int k = 0; k < q->postponed && delay < p->retry_max; k++)
        delay *= 2;
    if (delay > p->retry_max) delay = p->retry_max;
    if (delay < SIM_SECOND / 1000)
        delay = SIM_SECOND / 1000; // or it would ask for ever at one instant
    double u = rng_uniform(&m->sources[q->source].postpone, q->number * 64 + q->postponed);
    if (q->postponed < 63) q->postponed++;
    if (p->retry_jitter <= 0) return delay;
    delay = sim_from_seconds(sim_seconds(delay) * (1 + p->retry_jitter * (2 * u - 1)));
    return delay > 0 ? delay : 1;
}

void callers_flush(struct model *m, struct app *app, uint32_t caller)
{
    for (uint32_t id = 0; id < m->request_used; id++) {
        const struct request *q = &m->requests[id];
        if (q->state != REQUEST_WAITING && q->state != REQUEST_BACKING_OFF) continue;
        if (q->app != app->id || m->config->traffic[q->source].path != PATH_QUEUE) continue;
        if (caller != NONE && caller_of(m, q) != caller) continue;
        service_remove(m, id, OUTCOME_FLUSHED);
    }
}
