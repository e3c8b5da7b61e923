#include "models/cancel.h"

#include "models/app.h"
#include "models/service.h"
#include "models/waiting.h"

void cancel_arm(struct model *m, uint32_t id)
{
    struct request *q = &m->requests[id];
    struct source *source = &m->sources[q->source];
    sim_time patience = dist_draw_time(&source->config->cancel_after, &source->patience, q->number);
    m->request_asides[id].patience = sim_after(m->sim, patience, EVENT_CANCEL, id, 0);
}

static bool cooperative(const struct model *m, const struct request *q)
{
    return m->pools[m->runners[q->runner].pool].config->cancel == CANCEL_COOPERATIVE;
}

void on_cancel(void *model, struct sim_event event)
{
    struct model *m = model_at(model, event);
    uint32_t id = event.who;
    struct request *q = &m->requests[id];
    struct app *app = &m->apps[q->app];
    model_trace(m, "request", "is cancelled", id, q->state);
    switch ((enum request_state)q->state) {
    case REQUEST_WAITING:
    case REQUEST_BACKING_OFF:
        service_remove(m, id, OUTCOME_CANCELLED);
        break;
    case REQUEST_IN_FLIGHT:
        if (cooperative(m, q))
            service_interrupt(m, id, ENDING_CANCELLED);
        else
            service_abandon(m, id, OUTCOME_CANCELLED);
        break;
    case REQUEST_FREE:
        SIM_CHECK(false);
        break;
    }
    app_react(m, app);
}
