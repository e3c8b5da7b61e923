#include "bench/experiment/kn.h"

#include <math.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "sim/check.h"
#include "sim/tally.h"

struct runner_up { // a system
    bool in_race;
    uint32_t replications;
    double sum; // of its values, negated where the smallest is best
};

struct kn {
    struct kn_rule rule;
    size_t systems;
    double h2;
    uint32_t replications;     // of those in the race
    struct runner_up *racing;  // by system
    struct tally *differences; // [a * systems + b], a < b, in the first stage
    bool *staying;             // by system: after the screening under way
};

double kn_eta(const struct kn_rule *rule, size_t systems)
{
    double alpha = 1 - rule->confidence, others = (double)systems - 1;
    double each = rule->independent ? 1 - pow(1 - alpha, 1 / others) : alpha / others;
    return (pow(2 * each, -2 / ((double)rule->first - 1)) - 1) / 2;
}

double kn_h2(const struct kn_rule *rule, size_t systems)
{
    return 2 * kn_eta(rule, systems) * ((double)rule->first - 1);
}

double kn_most(const struct kn_rule *rule, double h2, double variance)
{
    return floor(h2 * variance / (rule->zone * rule->zone));
}

double kn_margin(const struct kn_rule *rule, double h2, double variance, uint32_t replications)
{
    double lead = h2 * variance / (rule->zone * rule->zone) - replications;
    return fmax(0, rule->zone / 2 * lead);
}

struct kn *kn_create(const struct kn_rule *rule, size_t systems)
{
    SIM_CHECK(systems >= 1 && rule->first >= 2 && rule->zone > 0);
    SIM_CHECK(rule->confidence > 0 && rule->confidence < 1);
    struct kn *kn = memory_new(sizeof *kn, 1);
    kn->rule = *rule;
    kn->systems = systems;
    kn->h2 = systems > 1 ? kn_h2(rule, systems) : 0;
    kn->racing = memory_new(sizeof *kn->racing, systems);
    kn->staying = memory_new(sizeof *kn->staying, systems);
    kn->differences = memory_new(sizeof *kn->differences, systems * systems);
    for (size_t i = 0; i < systems; i++)
        kn->racing[i].in_race = true;
    for (size_t i = 0; i < systems * systems; i++)
        tally_reset(&kn->differences[i]);
    return kn;
}

void kn_free(struct kn *kn)
{
    if (!kn) return;
    free(kn->racing);
    free(kn->staying);
    free(kn->differences);
    free(kn);
}

static double variance_of(const struct kn *kn, size_t a, size_t b)
{
    size_t low = a < b ? a : b, high = a < b ? b : a;
    return tally_variance(&kn->differences[low * kn->systems + high]);
}

static size_t racing(const struct kn *kn)
{
    size_t count = 0;
    for (size_t i = 0; i < kn->systems; i++)
        count += kn->racing[i].in_race;
    return count;
}

// False: one of them is not a finite number.
static bool take_values(struct kn *kn, const double *values)
{
    for (size_t i = 0; i < kn->systems; i++)
        if (kn->racing[i].in_race && !isfinite(values[i])) return false;
    for (size_t i = 0; i < kn->systems; i++) {
        if (!kn->racing[i].in_race) continue;
        kn->racing[i].sum += kn->rule.smallest ? -values[i] : values[i];
        kn->racing[i].replications++;
    }
    kn->replications++;
    return true;
}

static void take_differences(struct kn *kn, const double *values)
{
    for (size_t a = 0; a < kn->systems; a++)
        for (size_t b = a + 1; b < kn->systems; b++)
            tally_add(&kn->differences[a * kn->systems + b], values[a] - values[b]);
}

static bool stays(const struct kn *kn, size_t system)
{
    for (size_t other = 0; other < kn->systems; other++) {
        if (other == system || !kn->racing[other].in_race) continue;
        double margin =
            kn_margin(&kn->rule, kn->h2, variance_of(kn, system, other), kn->replications);
        if (kn->racing[system].sum < kn->racing[other].sum - margin) return false;
    }
    return true;
}

// All decisions of a screening are made on the systems that were in the race before it.
static void screen(struct kn *kn)
{
    for (size_t i = 0; i < kn->systems; i++)
        kn->staying[i] = kn->racing[i].in_race && stays(kn, i);
    for (size_t i = 0; i < kn->systems; i++)
        kn->racing[i].in_race = kn->staying[i];
}

// The largest N of a pair still in the race. Beyond it all margins are 0, so that only exact ties
// are left: the original's last resort, the best mean at N + 1, decides them.
static double most(const struct kn *kn)
{
    double most = 0;
    for (size_t a = 0; a < kn->systems; a++)
        for (size_t b = a + 1; b < kn->systems; b++)
            if (kn->racing[a].in_race && kn->racing[b].in_race)
                most = fmax(most, kn_most(&kn->rule, kn->h2, variance_of(kn, a, b)));
    return most;
}

static void select_best(struct kn *kn)
{
    size_t best = kn_best(kn);
    for (size_t i = 0; i < kn->systems; i++)
        kn->racing[i].in_race = i == best;
}

enum kn_end kn_add(struct kn *kn, const double *values)
{
    if (!take_values(kn, values)) return KN_UNDEFINED;
    if (kn->systems == 1) return KN_SELECTED;
    if (kn->replications <= kn->rule.first) take_differences(kn, values);
    if (kn->replications < kn->rule.first) return KN_MORE;
    if (kn->replications <= most(kn)) screen(kn);
    if (racing(kn) > 1 && kn->replications > most(kn)) select_best(kn);
    return racing(kn) > 1 ? KN_MORE : KN_SELECTED;
}

bool kn_in_race(const struct kn *kn, size_t system)
{
    return kn->racing[system].in_race;
}

uint32_t kn_replications(const struct kn *kn, size_t system)
{
    return kn->racing[system].replications;
}

size_t kn_best(const struct kn *kn)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < kn->systems; i++) {
        if (!kn->racing[i].in_race) continue;
        if (best == SIZE_MAX || kn->racing[i].sum > kn->racing[best].sum) best = i;
    }
    return best;
}

uint32_t kn_latest(const struct kn *kn)
{
    if (kn->replications < kn->rule.first) return UINT32_MAX;
    if (racing(kn) < 2) return kn->replications;
    double latest = most(kn) + 1;
    return latest < UINT32_MAX ? (uint32_t)latest : UINT32_MAX;
}
