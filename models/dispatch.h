#pragma once

#include <stdint.h>

#include "sim/arena.h"

// Which runner with a free slot gets the next request (Q8).
//
// A pool keeps just the index that the app's policy needs: runners by birth in a bitset, a list in
// the order in which they last gave back a slot, or a heap by load.  Every step is O(1), a few
// words of the bitset, or O(log n).

enum dispatch {
    DISPATCH_ROUND_ROBIN,           // the next one in order of birth after the last used, cyclic
    DISPATCH_MOST_RECENTLY_IDLE,    // the one that gave back a slot last
    DISPATCH_LEAST_RECENTLY_IDLE,   // the one that gave back a slot first
    DISPATCH_MOST_RECENTLY_CREATED, // the youngest (the lambda model's choice)
    DISPATCH_LEAST_LOADED, // the one with the fewest requests in flight, the oldest among equals
    DISPATCH_HINT, // one that has served the request's key lately, else round robin (hint.h)
    DISPATCH_POLICIES
};

struct dispatch_policy {
    const char *name; // the scenario's "dispatch"
    const char *help;
};
extern const struct dispatch_policy dispatch_policies[]; // by enum dispatch; ends with a NULL name

struct model;
struct pool;

void dispatch_create(struct model *model, struct pool *pool, struct arena *arena);
void dispatch_born(struct model *model, struct pool *pool,
                   uint32_t runner); // takes a place in the order of birth
void dispatch_offer(struct model *model, struct pool *pool, uint32_t runner); // it gave back a slot
void dispatch_withdraw(struct model *model, struct pool *pool,
                       uint32_t runner);   // no free slot any more, or leaving
uint32_t dispatch_pick(struct pool *pool); // when some runner has a free slot
