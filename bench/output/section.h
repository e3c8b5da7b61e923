#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bench/experiment/result.h"

// Which number stands where in the text report, and under which name.  Metrics that no section
// lists come under "Other": nothing is hidden.

struct section_metric {
    const char *metric; // NULL ends the list
    const char *name;   // for people; the unit and the labels are added
};

struct section {
    const char *title;                    // NULL ends the table
    const struct section_metric *metrics; // NULL: those that are in no other section
    bool by_mode;                         // printed as a table of auth modes side by side
};
extern const struct section sections[];

// The metric's name for people, or its own name.
const char *section_metric_name(const struct metric *metric);

// True when the column belongs to the section.
bool section_has(const struct section *section, const struct column *column);

// "wait, p99, s": name, labels and unit, without those labels that a heading above says:
// section_subject().
const char *section_label(const struct column *column, char *buffer, size_t size);

const char *section_name(const struct column *column, char *buffer, size_t size); // without unit

// What the number is about, as a heading: "MyApp", "GPU-A100", "MyApp, rollout 1"; "" for the whole
// scenario.
const char *section_subject(const struct column *column, char *buffer, size_t size);

// What a value is multiplied with, as its name says: ratios are printed in percent, a request's
// cost for 1,000.
double section_scale(const struct metric *metric);
