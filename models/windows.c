#include "models/windows.h"

#include <math.h>

#include "sim/check.h"

void windows_create(struct windows *w, struct arena *arena, const uint32_t *lengths, uint32_t count)
{
    SIM_CHECK(count > 0 && count <= WINDOWS_MOST);
    *w = (struct windows){.count = count};
    for (uint32_t i = 0; i < count; i++) {
        SIM_CHECK(lengths[i] > (i > 0 ? lengths[i - 1] : 0));
        w->lengths[i] = lengths[i];
    }
    w->ring = arena_new(arena, struct window_slot, lengths[count - 1]);
}

void windows_reset(struct windows *w)
{
    w->closed = 0;
    for (uint32_t i = 0; i < w->count; i++)
        w->sums[i].bad = w->sums[i].all = 0;
}

void windows_close(struct windows *w, struct window_slot slot)
{
    uint32_t size = w->lengths[w->count - 1];
    for (uint32_t i = 0; i < w->count; i++) {
        w->sums[i].bad += slot.bad;
        w->sums[i].all += slot.all;
        if (w->closed < w->lengths[i]) continue;
        const struct window_slot *leaves = &w->ring[(w->closed - w->lengths[i]) % size];
        w->sums[i].bad -= leaves->bad;
        w->sums[i].all -= leaves->all;
    }
    w->ring[w->closed % size] = slot;
    w->closed++;
}

double windows_ratio(const struct windows *w, uint32_t i)
{
    if (w->closed < w->lengths[i] || w->sums[i].all == 0) return NAN;
    return (double)w->sums[i].bad / (double)w->sums[i].all;
}

double windows_ratio_before(const struct windows *w, uint32_t i)
{
    if (w->sums[i].all == 0) return NAN;
    double ratio = (double)w->sums[i].bad / (double)w->sums[i].all;
    return w->closed < w->lengths[i] ? ratio * (double)w->closed / w->lengths[i] : ratio;
}
