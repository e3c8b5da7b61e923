#include "models/rollout.h"

#include <stddef.h>

const struct rollout_policy *const rollout_policies[] = {
    &rollout_recreate,
    &rollout_rolling,
    NULL,
};
