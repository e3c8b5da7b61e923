#include "models/use.h"

#include "models/auth.h"
#include "models/billing.h"

const char *const payer_names[] = {"owner", "callers", "absorbed", NULL};

struct machine_use_s machine_use(const struct model *m, uint32_t machine)
{
    struct machine_use_s use = {{0}};
    for (uint32_t p = 0; p < m->config->revision_count; p++) {
        const struct pool *pool = &m->pools[p];
        for (uint32_t slot = 0; slot < pool->config->machine_count; slot++) {
            if (pool->config->machines[slot] != machine) continue;
            const struct meter *meter = &pool->meters[slot];
            for (int s = RUNNER_PENDING; s < RUNNER_STATES; s++)
                use.s[runner_states[s].use] +=
                    sim_wide_seconds(meter->state_ns[s]) * pool->units[slot];
        }
    }
    return use;
}

bool machine_used(const struct model *m, uint32_t machine)
{
    for (uint32_t r = 0; r < m->config->revision_count; r++)
        for (uint32_t slot = 0; slot < m->config->revisions[r].machine_count; slot++)
            if (m->config->revisions[r].machines[slot] == machine) return true;
    return false;
}

static double priced(sim_wide ns, double usd_per_s)
{
    return ns == 0 ? 0 : sim_wide_seconds(ns) * usd_per_s;
}

struct money app_money(const struct model *m, const struct app *app)
{
    struct money money = {{0}};
    for (uint32_t i = 0; i < app->config->revisions; i++) {
        const struct pool *pool = &m->pools[app->config->first_revision + i];
        for (uint32_t slot = 0; slot < pool->config->machine_count; slot++) {
            const struct meter *meter = &pool->meters[slot];
            double price = pool->usd_per_s[slot];
            money.usd[PAYER_OWNER] += priced(meter_owner_ns(meter), price);
            money.usd[PAYER_CALLERS] += priced(meter->callers_ns, price);
            money.usd[PAYER_ABSORBED] += priced(meter->absorbed_ns, price);
        }
    }
    return money;
}

struct money scenario_money(const struct model *m)
{
    struct money sum = {{0}};
    for (uint32_t i = 0; i < m->config->app_count; i++) {
        struct money money = app_money(m, &m->apps[i]);
        for (int p = 0; p < PAYERS; p++)
            sum.usd[p] += money.usd[p];
    }
    return sum;
}

struct money app_money_under(const struct model *m, const struct app *app, enum auth_mode mode)
{
    double all = 0, chargeable = 0;
    for (uint32_t i = 0; i < app->config->revisions; i++) {
        const struct pool *pool = &m->pools[app->config->first_revision + i];
        for (uint32_t slot = 0; slot < pool->config->machine_count; slot++) {
            const struct meter *meter = &pool->meters[slot];
            all += priced(meter_priced_ns(meter), pool->usd_per_s[slot]);
            chargeable += priced(meter_chargeable_ns(meter), pool->usd_per_s[slot]);
        }
    }
    struct money money = {{0}};
    money.usd[PAYER_OWNER] = all;
    if (!auth_modes[mode].caller_pays) return money;
    money.usd[PAYER_CALLERS] = chargeable;
    bool absorbed = app->config->shared_idle == SHARED_IDLE_ABSORBED;
    money.usd[PAYER_OWNER] = absorbed ? 0 : all - chargeable;
    money.usd[PAYER_ABSORBED] = absorbed ? all - chargeable : 0;
    return money;
}

bool app_has_units(const struct model *m, const struct app *app)
{
    for (uint32_t i = 0; i < m->config->traffic_count; i++)
        if ((m->config->traffic[i].app == app->id || m->config->traffic[i].many_apps) &&
            m->config->traffic[i].has_billable_units)
            return true;
    return false;
}

static double with_units(double by_second, const struct unit_money *units)
{
    return by_second - units->covered_usd + units->price_usd;
}

double app_revenue(const struct model *m, const struct app *app)
{
    struct money money = app_money(m, app);
    return with_units(money.usd[PAYER_CALLERS], &app->units);
}

double app_revenue_under(const struct model *m, const struct app *app, enum auth_mode mode)
{
    if (!auth_modes[mode].caller_pays) return 0;
    struct money money = app_money_under(m, app, mode);
    return with_units(money.usd[PAYER_CALLERS], &app->units_if_shared);
}
