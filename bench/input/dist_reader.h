#pragma once

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "bench/input/reader.h"
#include "sim/dist.h"

// Reads a distribution of times (T3):
//
//   "40s"                                                   always 40 seconds
//   {"lognormal": {"median": "20s", "sigma": 0.6}}          a name of dist_forms[] and its
//   arguments;
//                                                           times also as {"median_s": 20, ...}
//   {"exponential": "2s"}                                   a form with one argument, directly
//   {"empirical": {"values": ["1s", "2s"], "weights": [3, 1]}}
//   {"quantiles": {"points": [[0, "1s"], [0.5, "2s"], [1, "9s"]]}}
//   {"hyperexponential": {"probabilities": [0.9, 0.1], "means": ["1s", "10s"]}}
//   {"mixture": {"parts": [{"weight": 1, "dist": "1s"}, {"weight": 2, "dist": {...}}]}}
//
// In lists, "values_s", "points_s" and "means_s" take numbers of seconds.

// False: reported; *dist stays as it was.
bool dist_read(const struct reader *reader, const cJSON *node, struct dist *dist);
