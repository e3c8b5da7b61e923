#pragma once

#include <stdint.h>

// What a loop written by hand for one question reaches: the yardstick of `warmpool bench`.
//
// No events, no states, no report; each loop knows its model and nothing else, draws from its own
// xoshiro256++ (Blackman, Vigna 2018) with libm's logarithm, and keeps one sum.  Speeds of warmpool
// are given as shares of theirs, taken in the same process in turn, so that the machine and its
// noise cancel out.  They answer too, so that a reference that computes something else is noticed.

struct reference_answer {
    uint64_t requests;
    double answer; // of mm1: mean response, s; of the pool: mean number of busy runners
};

// A single server, Poisson arrivals, exponential service: two next-event times and a ring of
// arrival times.
struct reference_answer reference_mm1(double rate_per_s, double service_s, double horizon_s);

// A keep-alive pool with SimFaaS's rules: the newest idle runner serves, a start costs nothing but
// the service, a runner ends keep_alive after its last request, nobody waits.
struct reference_pool_config {
    double rate_per_s, service_s, keep_alive_s, horizon_s;
};
struct reference_answer reference_pool(const struct reference_pool_config *config);
