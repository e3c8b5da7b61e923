#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Which of k systems is best? The fully sequential procedure of Kim and Nelson (method A9): one
// replication more of every system still in the race, until one is left.
//
// With probability `confidence` at least the selected system is the best one, provided that the
// best is better than every other by `zone`; within the zone any of the good ones may be selected.
// It is valid under common random numbers, and all the faster for them: screening compares the
// sums of two systems, and what they share cancels.
//
//   struct kn *kn = kn_create(&rule, systems);
//   do simulate_one_replication_of_all_with(kn_in_race), values[] = ...;
//   while (kn_add(kn, values) == KN_MORE);
//
// kn_first_stage() .. kn_margin() are the formulas themselves, with S2 the sample variance of the
// differences of two systems in the first `first` replications:
//   N = floor(h2 S2 / zone2),  W(r) = max(0, zone / 2 (h2 S2 / zone2 - r))

struct kn_rule {
    double confidence; // between 1 / systems and 1
    double zone;       // > 0, in the metric's unit
    uint32_t first;    // replications before the first screening, >= 2
    bool smallest;     // is best; otherwise the largest
    bool independent;  // the systems do not share random numbers
};

double kn_eta(const struct kn_rule *rule, size_t systems);
double kn_h2(const struct kn_rule *rule, size_t systems);               // 2 eta (first - 1)
double kn_most(const struct kn_rule *rule, double h2, double variance); // N of one pair
double kn_margin(const struct kn_rule *rule, double h2, double variance, uint32_t replications);

struct kn;

enum kn_end {
    KN_MORE,      // nobody is selected yet
    KN_SELECTED,  // kn_best() is it
    KN_UNDEFINED, // a value was not a finite number: no selection is possible
};

struct kn *kn_create(const struct kn_rule *rule, size_t systems); // systems >= 1
void kn_free(struct kn *kn);

// The next replication, by system; those out of the race are not read. After KN_MORE only.
enum kn_end kn_add(struct kn *kn, const double *values);

bool kn_in_race(const struct kn *kn, size_t system);
uint32_t kn_replications(const struct kn *kn, size_t system); // that it has had
size_t kn_best(const struct kn *kn); // the best mean of those in the race; the first one of equals
// The race is over after so many replications at the latest; UINT32_MAX: not known before the end
// of the first stage, or not a number that counts.
uint32_t kn_latest(const struct kn *kn);
