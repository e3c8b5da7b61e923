#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/experiment/result.h"
#include "bench/output/figure.h"
#include "bench/output/files.h"

// The pictures of a result:
//
//   ALTERNATIVE-runners   runners by state and revision over time, with the marks of rollouts
//   ALTERNATIVE-queue     requests waiting, and how long, over time
//   ALTERNATIVE-machines  where the machine time went, by machine type
//   cost-modes            who would pay what under each auth mode
//   welch-ALTERNATIVE-... where the warm-up ends, for each series that pilot runs were cut by
//   comparison            downtime and cost of the alternatives with their intervals
//   differences           what they change, compared with the control, number by number
//   best                  which of them can still be the best
//
// With several apps the first two have the app's name at the end.

struct figure_kind {
    const char *name; // NULL ends the table
    enum figure_scope {
        FIGURE_OF_APP,
        FIGURE_OF_ALTERNATIVE,
        FIGURE_OF_WARM_UP,
        FIGURE_OF_RESULT
    } scope;
    bool (*wanted)(const struct figure *figure); // is there anything to draw?
    void (*draw)(const struct figure *figure);   // writes script and data
};
extern const struct figure_kind figure_kinds[];

bool figure_runners_wanted(const struct figure *figure);
void figure_runners_draw(const struct figure *figure);
bool figure_queue_wanted(const struct figure *figure);
void figure_queue_draw(const struct figure *figure);
bool figure_machines_wanted(const struct figure *figure);
void figure_machines_draw(const struct figure *figure);
bool figure_modes_wanted(const struct figure *figure);
void figure_modes_draw(const struct figure *figure);
bool figure_welch_wanted(const struct figure *figure);
void figure_welch_draw(const struct figure *figure);
bool figure_comparison_wanted(const struct figure *figure);
void figure_comparison_draw(const struct figure *figure);
bool figure_differences_wanted(const struct figure *figure);
void figure_differences_draw(const struct figure *figure);
bool figure_best_wanted(const struct figure *figure);
void figure_best_draw(const struct figure *figure);

// Draws them all into a folder that is there.  Returns how many were drawn; problem->text is empty
// when there was none.  After a problem the others are still tried, except when gnuplot is missing.
size_t figures_draw(const struct experiment_result *result, const char *folder,
                    struct files_problem *problem);
