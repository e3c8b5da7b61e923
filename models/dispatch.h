#pragma once

#include <stdint.h>

// Which runner with a free slot gets the next request (Q8).

enum dispatch {
    DISPATCH_ROUND_ROBIN,           // the next one in order of birth after the last used, cyclic
    DISPATCH_MOST_RECENTLY_IDLE,    // the one that gave back a slot last
    DISPATCH_LEAST_RECENTLY_IDLE,   // the one that gave back a slot first
    DISPATCH_MOST_RECENTLY_CREATED, // the youngest (the lambda model's choice)
    DISPATCH_POLICIES
};

struct dispatch_policy {
    const char *name; // the scenario's "dispatch"
    const char *help;
};

extern const struct dispatch_policy dispatch_policies[]; // by enum dispatch; ends with a NULL name
