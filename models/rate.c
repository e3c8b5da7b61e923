#include "models/rate.h"

#include <math.h>

#define PI 3.14159265358979323846

struct piece { // of a curve, from some time on: rate + slope x t, or floor + (rate - floor)
               // e^(-t/d)
    sim_time end;
    double rate, slope, floor, decay_s; // decay_s 0: a line
};

// Steps.

static uint32_t step_at(const struct traffic_config *c, sim_time offset)
{
    uint32_t low = 0, high = c->step_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (c->steps[middle].from <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct piece step_piece(const struct traffic_config *c, sim_time at)
{
    sim_time offset = c->repeat == SIM_NEVER ? at : (at % c->repeat + c->phase) % c->repeat;
    uint32_t i = step_at(c, offset);
    const struct rate_step *step = &c->steps[i];
    sim_time next = i + 1 < c->step_count ? c->steps[i + 1].from : SIM_NEVER;
    if (next > c->repeat) next = c->repeat;
    struct piece piece = {.rate = step->rate_per_s};
    piece.end = next == SIM_NEVER ? SIM_NEVER : sim_time_add(at, next - offset);
    if (!c->interpolate) return piece;
    double then = c->steps[i + 1 < c->step_count ? i + 1 : 0].rate_per_s;
    piece.slope = (then - step->rate_per_s) / sim_seconds(next - step->from);
    piece.rate += piece.slope * sim_seconds(offset - step->from);
    return piece;
}

// A flash crowd.

static struct piece crowd_piece(const struct traffic_config *c, sim_time at)
{
    const struct flash_crowd *crowd = &c->crowd;
    double base = c->rate_per_s, extra = base * (crowd->factor - 1);
    sim_time top = sim_time_add(crowd->at, crowd->ramp), over = sim_time_add(top, crowd->hold);
    if (at < crowd->at) return (struct piece){.end = crowd->at, .rate = base};
    if (at < top) {
        double slope = extra / sim_seconds(crowd->ramp);
        double rate = base + slope * sim_seconds(at - crowd->at);
        return (struct piece){.end = top, .rate = rate, .slope = slope};
    }
    if (at < over) return (struct piece){.end = over, .rate = base + extra};
    if (crowd->half_life == 0) return (struct piece){.end = SIM_NEVER, .rate = base};
    double decay_s = sim_seconds(crowd->half_life) / log(2);
    double left = extra * exp(-sim_seconds(at - over) / decay_s);
    return (struct piece){.end = SIM_NEVER, .rate = base + left, .floor = base, .decay_s = decay_s};
}

// Inverting a piece.

// Seconds in which floor x t + (rate - floor) x d x (1 - e^(-t/d)) reaches the amount.
static double stretch_decay(const struct piece *p, double amount)
{
    double extra = p->rate - p->floor, t = amount / p->rate, before = -1;
    if (!(p->floor > 0)) return INFINITY; // then `extra` is 0 too: it is a multiple
    for (int i = 0; i < 100 && t > before; i++) {
        double area = p->floor * t - extra * p->decay_s * expm1(-t / p->decay_s);
        before = t;
        t += (amount - area) / (p->floor + extra * exp(-t / p->decay_s));
    }
    return before;
}

static double stretch(const struct piece *p, double amount)
{
    if (!(amount > 0)) return 0;
    if (p->decay_s > 0) return stretch_decay(p, amount);
    if (p->slope == 0) return p->rate > 0 ? amount / p->rate : INFINITY;
    double square = p->rate * p->rate + 2 * p->slope * amount;
    return square > 0 ? 2 * amount / (p->rate + sqrt(square)) : INFINITY;
}

static double area_of(const struct piece *p, double length_s)
{
    return (p->rate + p->slope * length_s / 2) * length_s; // a decay has no end
}

// A walk over the pieces of a repeated curve leaps over whole periods, once it has seen one.
struct lap {
    sim_time from; // a boundary of pieces; -1: none yet
    double area;   // since then
};

// False: there is nothing to come.
static bool leap(const struct traffic_config *c, struct lap *lap, sim_time *at, double *amount)
{
    if (lap->from >= 0 && *at - lap->from < c->repeat) return true;
    if (lap->from >= 0) {
        double laps = floor(*amount / lap->area) - 1; // infinite without any area
        double most = floor(sim_seconds(SIM_NEVER - *at) / sim_seconds(c->repeat)) - 1;
        if (!(laps <= most)) return false;
        *amount -= laps > 0 ? laps * lap->area : 0;
        *at += laps > 0 ? (sim_time)laps * c->repeat : 0;
    }
    *lap = (struct lap){*at, 0};
    return true;
}

static sim_time reach_by_pieces(const struct traffic_config *c, sim_time at, double amount,
                                sim_time horizon)
{
    struct lap lap = {-1, 0};
    while (at < horizon) {
        struct piece p = c->kind == ARRIVAL_PIECEWISE ? step_piece(c, at) : crowd_piece(c, at);
        sim_time need = sim_from_seconds(stretch(&p, amount));
        if (p.end == SIM_NEVER || need < p.end - at) return sim_time_add(at, need);
        double area = area_of(&p, sim_seconds(p.end - at));
        amount = fmax(amount - area, 0);
        lap.area += area;
        at = p.end;
        if (c->kind == ARRIVAL_PIECEWISE && !leap(c, &lap, &at, &amount)) break;
    }
    return SIM_NEVER;
}

// The wave.

// The d >= 0 with d + a (sin(x + d) - sin x) = m, where 0 <= a <= 1 and 0 <= m < 2 pi.
static double kepler(double a, double x, double m)
{
    double low = m / (1 + a), high = fmin(m + 2 * a, 2 * PI), d = low;
    for (int i = 0; i < 100 && low < high; i++) {
        double error = d + 2 * a * cos(x + d / 2) * sin(d / 2) - m;
        if (error > 0)
            high = d;
        else
            low = d;
        double next = d - error / (1 + a * cos(x + d));
        if (!(next > low && next < high)) next = low + (high - low) / 2;
        if (fabs(next - d) <= 1e-15 * d) break;
        d = next;
    }
    return d;
}

static sim_time reach_by_wave(const struct traffic_config *c, sim_time at, double amount)
{
    const struct diurnal *day = &c->diurnal;
    if (!(c->rate_per_s > 0)) return SIM_NEVER;
    double speed = 2 * PI / sim_seconds(day->period);
    double x = speed * sim_seconds(at % day->period - day->peak_at);
    double m = amount / c->rate_per_s * speed, whole = floor(m / (2 * PI));
    double d = kepler(day->amplitude, x, fmax(m - whole * 2 * PI, 0));
    double seconds = whole * sim_seconds(day->period) + d / speed;
    return sim_time_add(at, sim_from_seconds(seconds));
}

sim_time rate_reach(const struct traffic_config *c, sim_time at, double amount, sim_time horizon)
{
    if (c->kind == ARRIVAL_DIURNAL) return reach_by_wave(c, at, amount);
    return reach_by_pieces(c, at, amount, horizon);
}
