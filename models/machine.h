#pragma once

#include "models/config.h"

// The built-in machine types (M1): the nine rows of the seed table, the variants that its text
// names and the newer rows.  A price that nobody publishes is NaN, and a scenario that needs it
// must give it.  All have unlimited capacity and need no time in PENDING until a scenario says
// otherwise.

extern const struct machine_config machine_catalogue[]; // ends with a NULL name
