#include "models/rollout.h"

#include <stddef.h>

const struct rollout_policy *const rollout_policies[] = {
    &rollout_recreate,
    &rollout_rolling,
    &rollout_k8s_recreate,
    &rollout_rolling_update,
    &rollout_blue_green,
    &rollout_canary,
    NULL,
};
