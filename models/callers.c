#include "models/callers.h"

#include "models/service.h"

void callers_mark(struct model *m, struct request *q)
{
    const struct caller_config *caller = &m->config->callers[q->caller];
    q->limited = q->shared && caller->concurrency_limit > 0 && caller->kind != CALLER_OWNER &&
                 caller->kind != CALLER_TEAM;
}

bool callers_admit(const struct model *m, const struct request *q)
{
    if (!q->limited) return true;
    return m->in_progress[q->caller] < m->config->callers[q->caller].concurrency_limit;
}

void callers_count(struct model *m, const struct request *q, int change)
{
    m->in_progress[q->caller] += (uint32_t)change;
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
        if (caller != NONE && q->caller != caller) continue;
        service_remove(m, id, OUTCOME_FLUSHED);
    }
}
