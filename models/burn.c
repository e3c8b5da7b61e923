#include "models/burn.h"

#include <math.h>

static const sim_time slot_ns = 60 * SIM_SECOND;

const uint32_t burn_minutes[BURN_WINDOWS] = {5, 30, 60, 360, 4320};
const struct burn_alert burn_alerts[BURN_ALERTS] = {{14.4, 2, 0}, {6, 3, 1}, {1, 4, 3}};

void burn_create(struct burn *b, struct arena *arena, double slo)
{
    *b = (struct burn){.slo = slo};
    windows_create(&b->windows, arena, burn_minutes, BURN_WINDOWS);
    burn_reset(b, 0);
}

void burn_reset(struct burn *b, sim_time now)
{
    b->from = now;
    b->slot_end = sim_time_add(now, slot_ns);
    b->slot = (struct window_slot){0};
    b->raised = SIM_NEVER;
    windows_reset(&b->windows);
    for (uint32_t i = 0; i < BURN_WINDOWS; i++)
        b->peak[i] = -1;
    for (uint32_t i = 0; i < BURN_ALERTS; i++) {
        b->firing[i] = false;
        b->first[i] = SIM_NEVER;
    }
}

static double rate(const struct burn *b, uint32_t window)
{
    return windows_ratio_before(&b->windows, window) / (1 - b->slo);
}

static void watch(struct burn *b, uint32_t alert)
{
    const struct burn_alert *a = &burn_alerts[alert];
    bool fires = rate(b, a->window) > a->factor && rate(b, a->confirms) > a->factor;
    if (fires && !b->firing[alert]) {
        if (b->first[alert] == SIM_NEVER) b->first[alert] = b->slot_end;
        if (b->raised == SIM_NEVER) b->raised = b->slot_end;
    }
    b->firing[alert] = fires;
}

static void close_slot(struct burn *b)
{
    windows_close(&b->windows, b->slot);
    b->slot = (struct window_slot){0};
    for (uint32_t i = 0; i < BURN_WINDOWS; i++)
        if (rate(b, i) > b->peak[i]) b->peak[i] = rate(b, i);
    for (uint32_t i = 0; i < BURN_ALERTS; i++)
        watch(b, i);
    b->slot_end = sim_time_add(b->slot_end, slot_ns);
}

void burn_advance(struct burn *b, sim_time now)
{
    while (b->slot_end <= now)
        close_slot(b);
}

void burn_count(struct burn *b, sim_time now, bool bad)
{
    burn_advance(b, now);
    b->slot.all++;
    b->slot.bad += bad;
}

sim_time burn_mark(struct burn *b, sim_time now)
{
    burn_advance(b, now);
    sim_time raised = b->raised;
    b->raised = SIM_NEVER;
    return raised;
}

double burn_peak(const struct burn *b, uint32_t i)
{
    return b->peak[i] < 0 ? NAN : b->peak[i];
}
