#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/sweep.h"

// What a sweep found, for programs:
//
//   result.json       as report_json.h does it: "axes", "points" with their values and metrics, and
//                     by metric "effects" or "tornado" when the design gives them
//   points.csv        point,AXES...,metric,app,...,region,unit,mean,low,high,n           (tidy)
//   replications.csv  point,AXES...,metric,app,...,region,unit,replication,value

bool sweep_data_json(FILE *out, const struct sweep_result *result, int exit_code);
bool sweep_data_points(FILE *out, const struct sweep_result *result);
bool sweep_data_replications(FILE *out, const struct sweep_result *result);
