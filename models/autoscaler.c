#include "models/autoscaler.h"

#include <stddef.h>

const struct autoscaler_policy *const autoscaler_policies[] = {
    &autoscaler_fal,     &autoscaler_fixed,  &autoscaler_lambda,
    &autoscaler_knative, &autoscaler_oracle, NULL,
};
