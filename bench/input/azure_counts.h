#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/input/diag.h"
#include "sim/arena.h"

// The Azure Functions traces of 2019 (Shahrad et al., "Serverless in the Wild", ATC 2020): a CSV
// file a day, a row a function, with the invocations in each minute of the day:
//
//   HashOwner,HashApp,HashFunction,Trigger,1,2,...,1440
//
// The rows that are asked for are added up while the file streams, so memory is a day's minutes
// whatever its size.

enum azure_name { AZURE_OWNER, AZURE_APP, AZURE_FUNCTION, AZURE_TRIGGER, AZURE_NAMES };

enum { AZURE_MINUTES = 1440 };

struct azure_pick {
    const char *names[AZURE_NAMES]; // rows must have these; NULL: any
};

// Adds the minutes of a day to counts.  False: reported, at most 20 problems of a file.
bool azure_counts_read(const char *path, const struct azure_pick *pick, const char *pointer,
                       uint32_t counts[AZURE_MINUTES], struct diag *diag);
