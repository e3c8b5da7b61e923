#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "bench/input/scenario_parts.h"

// How the requests of a source arrive (T1), one of:
//
//   "poisson": {"rate_per_s": 0.5}                        or rate_per_min, rate_per_h, everywhere
//   "renewal": {"erlang": {"stages": 4, "mean": "2s"}}    times between arrivals
//   "piecewise_constant": {"steps": [{"from": "0s", "rate_per_s": 1}, ...], "repeat": "24h"}
//   "diurnal": {"rate_per_s": 2, "peak_to_mean": 1.8, "peak_at": "14h"}
//       a cosine wave around the mean rate, "amplitude": 0.8 says the same; "period" (24h); the run
//       begins at "starts_at" (0s) of the period; "peak_at" is half the period unless given
//   "diurnal": {"rate_per_h": 40, "profile": [1, 1, 0, 0, 5, 9]}
//       values at equal distances over the period, straight lines in between (from the last one to
//       the first too), scaled so that their mean is the rate
//   "flash_crowd": {"rate_per_s": 1, "at": "10m", "factor": 5, "ramp": "2s", "hold": "5m",
//                   "half_life": "2m"}
//       up to factor times the rate within the ramp; what is above the rate halves every half_life,
//       0s: it is gone at once
//   "mmpp": {"states": {"quiet": {"rate_per_h": 30, "mean_stay": "20m"},
//                       "busy": {"rate_per_s": 2, "mean_stay": "3m", "next": {"quiet": 1}}}}
//       states in turn, or by the probabilities of "next"; it begins in the state "start", by
//       default in any, as likely as it is found there in the long run
//   "closed_loop": {"users": 20, "think": {"exponential": "30s"}}
//   "trace": ...                                          scenario_trace.h
//
// "batch": 5, or {"geometric": 2.5} with the mean, makes each arrival several requests.

void scenario_arrivals_read(struct parts *parts, struct object *source_object, uint32_t source);

// The rate of an object, in one of the three units.  False: reported.
bool scenario_arrivals_rate(struct object *object, double *rate_per_s);

void scenario_mmpp_read(struct parts *parts, const cJSON *node, uint32_t source);
