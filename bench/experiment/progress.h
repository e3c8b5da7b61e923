#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// One line on a terminal that says how far an experiment is, rewritten at most ten times a second:
//
//   scenarios/burst.json: 12 of about 30 replications, 4 s left
//
// It is on only where somebody can see it, and never part of what a program reads.

struct progress {
    FILE *stream; // NULL: off
    const char *title;
    double started_s, shown_s; // on the clock of progress_now()
    int width;                 // of the line that stands there
};

struct progress_state {
    uint64_t done, needed; // replications of all alternatives
    bool guessed;          // `needed` may change
};

double progress_now(void);          // seconds on a steady clock
bool progress_wanted(FILE *stream); // is it a terminal?

void progress_start(struct progress *progress, FILE *stream, const char *title, double now_s);
void progress_show(struct progress *progress, const struct progress_state *state, double now_s);
void progress_clear(struct progress *progress);
