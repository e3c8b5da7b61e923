#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bench/experiment/result.h"

// The comparisons that are shown, in the order of their headlines; those of one number for all
// alternatives make a group.

struct shown {
    const struct experiment_result *result;
    const struct comparison **items;
    size_t count;
};

struct shown shown_list(const struct experiment_result *result);
void shown_free(struct shown *shown);

bool shown_opens_group(const struct shown *shown, size_t item);
// Did no alternative of the group ever differ from the control?
bool shown_is_same(const struct shown *shown, size_t control_column);

const char *shown_name(const struct shown *shown, size_t alternative);
const struct column *shown_column(const struct shown *shown, const struct comparison *comparison);
