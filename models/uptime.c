#include "models/uptime.h"

#include <math.h>

#define NOBODY UINT32_MAX

static const sim_time slot_ns = 60 * SIM_SECOND;

const uint32_t uptime_minutes[UPTIME_WINDOWS] = {1, 5, 60, 360, 1440};

static void restart(struct uptime *u, sim_time now)
{
    u->since = now;
    u->slot_end = sim_time_add(now, slot_ns);
    u->slot = (struct window_slot){0};
    u->up_ns = u->down_ns = 0;
    windows_reset(&u->windows);
    for (uint32_t i = 0; i < UPTIME_WINDOWS; i++)
        u->worst[i] = -1;
}

void uptime_create(struct uptime *u, struct arena *arena, uint32_t users, sim_time cutoff)
{
    *u = (struct uptime){.cutoff = cutoff, .head = NOBODY, .tail = NOBODY};
    u->users = arena_new(arena, struct uptime_user, users);
    windows_create(&u->windows, arena, uptime_minutes, UPTIME_WINDOWS);
    restart(u, 0);
}

static void join(struct uptime *u, uint32_t id, bool down)
{
    struct uptime_user *user = &u->users[id];
    user->active = true;
    user->down = down;
    user->next = NOBODY;
    user->prev = u->tail;
    if (u->tail == NOBODY)
        u->head = id;
    else
        u->users[u->tail].next = id;
    u->tail = id;
    if (down)
        u->down++;
    else
        u->up++;
}

static void leave(struct uptime *u, uint32_t id)
{
    struct uptime_user *user = &u->users[id];
    if (user->prev == NOBODY)
        u->head = user->next;
    else
        u->users[user->prev].next = user->next;
    if (user->next == NOBODY)
        u->tail = user->prev;
    else
        u->users[user->next].prev = user->prev;
    user->active = false;
    if (user->down)
        u->down--;
    else
        u->up--;
}

static void meter(struct uptime *u, sim_time to)
{
    sim_time elapsed = to - u->since;
    int64_t down = (int64_t)u->down * elapsed, up = (int64_t)u->up * elapsed;
    u->slot.bad += down;
    u->slot.all += down + up;
    u->down_ns += down;
    u->up_ns += up;
    u->since = to;
}

static void close_slot(struct uptime *u)
{
    windows_close(&u->windows, u->slot);
    u->slot = (struct window_slot){0};
    u->slot_end = sim_time_add(u->slot_end, slot_ns);
    for (uint32_t i = 0; i < UPTIME_WINDOWS; i++) {
        double ratio = windows_ratio(&u->windows, i);
        if (ratio > u->worst[i]) u->worst[i] = ratio;
    }
}

// When the next user goes inactive.
static sim_time next_leave(const struct uptime *u)
{
    if (u->head == NOBODY) return SIM_NEVER;
    return sim_time_add(u->users[u->head].answered, u->cutoff);
}

void uptime_advance(struct uptime *u, sim_time now)
{
    for (;;) {
        sim_time leaves = next_leave(u);
        sim_time to = leaves < u->slot_end ? leaves : u->slot_end;
        if (to > now) break;
        meter(u, to);
        if (to == leaves) leave(u, u->head);
        if (to == u->slot_end) close_slot(u);
    }
    meter(u, now);
}

void uptime_answer(struct uptime *u, sim_time now, uint32_t id, bool good)
{
    uptime_advance(u, now);
    if (u->users[id].active) leave(u, id);
    u->users[id].answered = now;
    join(u, id, !good);
}

void uptime_reset(struct uptime *u, sim_time now)
{
    uptime_advance(u, now);
    restart(u, now);
}

double uptime_mcr(const struct uptime *u, uint32_t i)
{
    return u->worst[i] < 0 ? NAN : 1 - u->worst[i];
}
