#include "models/availability.h"

#include "models/downtime.h"

static void close_interval(struct model *m, struct app *app)
{
    const struct downtime_config *c = &m->config->downtime;
    struct availability *a = &app->service.availability;
    uint64_t good = app->service.outcomes[OUTCOME_OK], valid = downtime_valid(app);
    if (valid > a->valid) {
        double ratio = (double)(good - a->good) / (double)(valid - a->valid);
        a->sum_of_bad += 1.0 - ratio;
        a->bad_intervals += valid - a->valid >= c->bad_requests && ratio < c->bad_below;
    }
    a->good = good;
    a->valid = valid;
}

void availability_move(struct model *m, struct app *app)
{
    struct availability *a = &app->service.availability;
    sim_time length = m->config->downtime.interval;
    int64_t interval = (m->now - m->counted_from) / length;
    if (interval != a->interval) close_interval(m, app);
    a->interval = interval;
    a->until = sim_time_add(m->counted_from + interval * length, length);
}

void availability_close(struct model *m, struct app *app)
{
    close_interval(m, app);
}

double availability_mean(const struct model *m, const struct app *app)
{
    sim_time span = m->config->horizon - m->config->warm_up, length = m->config->downtime.interval;
    int64_t intervals = (span - 1) / length + 1;
    return 1 - app->service.availability.sum_of_bad / (double)intervals;
}
