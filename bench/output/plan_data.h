#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/plan.h"

// What a plan found, for programs:
//
//   result.json   as report_json.h does it: "chosen" (or null, and "closest"), "neighbours",
//                 "method", "floor", and under "points" every setting with its cost, standing and
//                 promises
//   points.csv    point,KNOBS...,feasibility,metric,app,...,region,unit,mean,low,high,n
//   plan.json     the chosen setting as a JSON merge patch of the file (RFC 7396)

bool plan_data_json(FILE *out, const struct plan_result *result, int exit_code);
bool plan_data_points(FILE *out, const struct plan_result *result);
bool plan_data_patch(FILE *out, const struct plan_result *result); // there is a chosen setting

extern const char *const plan_feasibility_names[]; // by enum feasibility
