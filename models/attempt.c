#include "models/attempt.h"

// Draws of an attempt are keyed by the request's number and the attempt; ten attempts at most.
static uint64_t key_of(const struct request *q)
{
    return q->number * 16 + q->attempts;
}

static const struct revision_config *revision_of(const struct model *m, const struct request *q)
{
    return m->pools[m->runners[q->runner].pool].config;
}

static sim_time draw_work(struct model *m, const struct request *q, const struct revision_config *c)
{
    struct source *source = &m->sources[q->source];
    const struct traffic_config *traffic = source->config;
    sim_time work = q->work;
    if (traffic->has_cold_service && !m->runners[q->runner].used)
        work = dist_draw_time(&traffic->cold_service, &source->cold_service, q->number);
    double factor = c->service_factor;
    return factor == 1 ? work : sim_from_seconds(sim_seconds(work) * factor);
}

// The response, as an index + 1; 0: it succeeds.
static uint8_t draw_response(struct model *m, const struct request *q,
                             const struct revision_config *c)
{
    double u = rng_uniform(&m->sources[q->source].response, key_of(q));
    for (uint32_t i = 0; i < c->response_count; i++) {
        if (u < c->responses[i].probability) return (uint8_t)(i + 1);
        u -= c->responses[i].probability;
    }
    return 0;
}

sim_time attempt_begin(struct model *m, struct request *q)
{
    const struct revision_config *c = revision_of(m, q);
    sim_time work = draw_work(m, q, c);
    attempt_ends(q, ENDING_OK);
    if (m->runners[q->runner].sick) {
        attempt_ends(q, (uint8_t)ending_of_status(c->sick_response));
        return work;
    }
    if (q->status > 0) {
        if (q->status >= 400) q->ending = (uint8_t)ending_of_status(q->status);
        q->recorded = true;
        return work;
    }
    if (c->response_count == 0) return work;
    q->response = draw_response(m, q, c);
    if (q->response == 0) return work;
    q->ending = (uint8_t)ending_of_status(c->responses[q->response - 1].status);
    if (c->fails_at == FAILS_AT_END) return work;
    return sim_from_seconds(sim_seconds(work) *
                            rng_uniform(&m->sources[q->source].fails_at, key_of(q)));
}

// A check that a response asks for ignores threshold and start period (P7).
static bool is_found_sick(const struct model *m, const struct request *q,
                          const struct revision_config *c)
{
    return c->sick_asks_for_check && c->has_health_check && m->runners[q->runner].sick &&
           q->response == 0 && q->ending == ending_of_status(c->sick_response);
}

bool attempt_kills(struct model *m, const struct request *q, enum stop_reason *reason)
{
    enum runner_fate fate = endings[q->ending].fate;
    if (q->ending == ENDING_OK) return false;
    *reason = STOP_REQUEST;
    const struct revision_config *c = revision_of(m, q);
    uint32_t stop = q->response ? c->responses[q->response - 1].stop_runner : HEADER_ABSENT;
    if (stop != HEADER_ABSENT) return stop == HEADER_YES;
    if (is_found_sick(m, q, c)) {
        *reason = STOP_HEALTH_CHECK;
        return true;
    }
    if (fate != FATE_CHECKED || c->health_check_failure <= 0) return fate == FATE_KILLED;
    *reason = STOP_HEALTH_CHECK;
    return rng_uniform(&m->sources[q->source].health, key_of(q)) < c->health_check_failure;
}

bool attempt_retried(struct model *m, struct request *q)
{
    const struct ending_row *ending = &endings[q->ending];
    if (q->ending == ENDING_OK || q->attempts >= m->sources[q->source].max_attempts) return false;
    if (q->abandoned || q->recorded) return false;
    const struct revision_config *c = revision_of(m, q);
    uint32_t asks = q->response ? c->responses[q->response - 1].needs_retry : HEADER_ABSENT;
    if (asks == HEADER_ABSENT ? !ending->retried : asks == HEADER_NO) return false;
    if (ending->condition == RETRY_CONDITIONS) return true;
    const struct traffic_config *traffic = m->sources[q->source].config;
    const uint32_t *budgets = traffic->has_retry ? traffic->retry_budgets : c->retry_budgets;
    if (q->retries[ending->condition] >= budgets[ending->condition]) return false;
    q->retries[ending->condition]++;
    return true;
}

sim_time attempt_retry_delay(struct model *m, const struct request *q)
{
    const struct platform_config *p = &m->config->platform;
    sim_time delay = p->retry_base;
    for (int k = 1; k < q->attempts && delay < p->retry_max; k++)
        delay *= 2;
    if (delay > p->retry_max) delay = p->retry_max;
    if (p->retry_jitter <= 0) return delay;
    double u = rng_uniform(&m->sources[q->source].retry, key_of(q));
    return sim_from_seconds(sim_seconds(delay) * (1 + p->retry_jitter * (2 * u - 1)));
}
