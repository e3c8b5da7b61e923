#pragma once

#include "models/world.h"

// Machine-seconds (GPU-seconds for GPU types) of a machine type by use, over all revisions; meters
// settled.
struct machine_use_s {
    double s[MACHINE_USES];
};
struct machine_use_s machine_use(const struct model *model, uint32_t machine);

// Is the type used by any revision of the scenario?
bool machine_used(const struct model *model, uint32_t machine);

// Money by payer, USD; meters settled.
enum payer { PAYER_OWNER, PAYER_CALLERS, PAYER_ABSORBED, PAYERS };
extern const char *const payer_names[]; // ends with NULL
struct money {
    double usd[PAYERS];
};
struct money app_money(const struct model *model, const struct app *app);
struct money scenario_money(const struct model *model);
// The same run under another mode (C4): callers pay for every request that is charged.
struct money app_money_under(const struct model *model, const struct app *app, enum auth_mode mode);

bool app_has_units(const struct model *model,
                   const struct app *app); // any source with billable_units
// What callers pay: their part of the money, but units x price where they pay by the unit (C2).
double app_revenue(const struct model *model, const struct app *app);
double app_revenue_under(const struct model *model, const struct app *app, enum auth_mode mode);
