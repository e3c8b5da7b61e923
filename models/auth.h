#pragma once

#include "models/config.h"

// Three rows of data: who may call an app and who pays (C1; seed page, "Authentication Modes").

struct auth_row {
    const char *name;
    bool admits[CALLER_ANONYMOUS + 1]; // by enum caller_kind
    bool caller_pays;
};
extern const struct auth_row auth_modes[AUTH_MODES];
