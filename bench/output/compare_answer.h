#pragma once

#include <stdio.h>

#include "bench/output/shown.h"

// What the alternatives change, in words: a paragraph for each of a few; of many for the best one
// only.
//
//   Compared with recreate, rolling reduces unserved time by 88.4 s (95 % interval 85.1 s to
//   91.7 s, 40 paired replications); costs the owner $0.07 more (...). Cannot tell yet: wait, p99.

void compare_answer_print(FILE *out, const struct shown *shown);
