#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// How to divide a fixed budget of replications over k systems so that the best one is found most
// probably: optimal computing budget allocation (method A9, Chen). Systems that are close to the
// best, or noisy, get more:
//
//   N_i / N_j = ((sd_i / d_i) / (sd_j / d_j))^2,  N_best = sd_best sqrt(sum of (N_i / sd_i)^2)
//
// with d_i the distance of the means from the best one. Both have floors, so that a system which
// never varied, or ties with the best, takes neither nothing nor all.
//
// Use: a first stage of some replications for each, then ocba_next() in small steps, with means and
// deviations made anew after each, until the budget is spent. The systems need not be simulated in
// step. Common random numbers do no harm, but the formula does not profit from them either.

struct ocba_system {
    double mean, sd; // so far; finite
    uint32_t replications;
};

struct ocba_rule {
    bool smallest; // is best; otherwise the largest
    double zone;   // differences below it do not matter: the floor of the distances; 0: none
};

size_t ocba_best(const struct ocba_rule *rule, const struct ocba_system *systems, size_t count);

// Shares of a total of replications, in real numbers.
void ocba_shares(const struct ocba_rule *rule, const struct ocba_system *systems, size_t count,
                 double total, double *shares);

// The `step` replications to run next, by system: what brings their numbers closest to the shares.
void ocba_next(const struct ocba_rule *rule, const struct ocba_system *systems, size_t count,
               uint32_t step, uint32_t *more);

// A lower bound on the probability that the best mean belongs to the best system, if the systems
// are normal and independent: 1 - sum of P(system i is better than it seems to be) (Bonferroni).
double ocba_confidence(const struct ocba_rule *rule, const struct ocba_system *systems,
                       size_t count);
