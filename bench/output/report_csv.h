#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"

// Tidy tables, RFC 4180 (lines end with CR LF), for spreadsheets, R, pandas and duckdb.  One column
// for each label.
//
//   replications  alternative,replication,metric,app,...,rollout,unit,value
//   series        alternative,from_s,to_s,metric,app,...,rollout,unit,value     (of replication 0)
//   marks         alternative,at_s,what,app,detail                              (of replication 0)
//   comparisons   alternative,baseline,metric,app,...,rollout,unit, and the numbers of result.json
//
// An empty cell is "not about that" or "undefined".  Texts that a spreadsheet would take for a
// formula
// (= + - @ in front) begin with an apostrophe.  False: ferror.

bool report_csv_replications(FILE *out, const struct experiment_result *result);
bool report_csv_series(FILE *out, const struct experiment_result *result);
bool report_csv_comparisons(FILE *out, const struct experiment_result *result);
bool report_csv_marks(FILE *out, const struct experiment_result *result);
