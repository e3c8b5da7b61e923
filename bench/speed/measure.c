#include "bench/speed/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/speed/bed.h"

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

// How many of the least values may be left out at each end: the largest l with
// P(Binomial(n, 1/2) < l) <= 0.025.
static size_t left_out(size_t n)
{
    double term = ldexp(1, -(int)n), sum = 0;
    size_t l = 0;
    while (sum + term <= .025) {
        sum += term;
        term *= (double)(n - l) / (double)(l + 1);
        l++;
    }
    return l > 0 ? l - 1 : 0;
}

struct measure_ratio measure_ratio_of(double *values, size_t count)
{
    if (count == 0) return (struct measure_ratio){NAN, NAN, NAN};
    qsort(values, count, sizeof *values, by_value);
    size_t skip = left_out(count);
    double median = count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    return (struct measure_ratio){median, values[skip], values[count - 1 - skip]};
}

struct timing { // of a reference loop
    double per_s, answer;
};

static struct timing time_reference(const struct speed_case *what)
{
    struct reference_answer found = {0, NAN};
    const struct reference_pool_config pool = {
        .rate_per_s = what->rate_per_s,
        .service_s = SPEED_SERVICE_S,
        .keep_alive_s = SPEED_KEEP_ALIVE_S,
        .horizon_s = what->horizon_s,
    };
    double before = bed_now_s();
    switch (what->reference) {
    case REFERENCE_MM1:
        found = reference_mm1(what->rate_per_s, 1, what->horizon_s);
        break;
    case REFERENCE_POOL:
        found = reference_pool(&pool);
        break;
    case REFERENCE_YARDSTICK:
    case REFERENCE_ONE_THREAD:
        found = reference_mm1(.9, 1, 1e6);
        found.answer = NAN;
        break;
    }
    return (struct timing){(double)found.requests / (bed_now_s() - before), found.answer};
}

struct rounds {
    double ours[MEASURE_ROUNDS_MAX], theirs[MEASURE_ROUNDS_MAX], ratios[MEASURE_ROUNDS_MAX];
    double noise;
};

struct beds {
    struct bed *ours, *alone; // alone: the case with one thread, where that is the reference
};

static bool run_reference(const struct speed_case *what, const struct beds *beds,
                          struct timing *timing, char *error, size_t error_size)
{
    struct bed_run run;
    if (!beds->alone) {
        *timing = time_reference(what);
        return true;
    }
    if (!bed_run(beds->alone, &run, error, error_size)) return false;
    *timing = (struct timing){run.units / run.seconds, run.answer};
    return true;
}

static bool take_round(struct rounds *rounds, unsigned i, struct measure_result *result,
                       const struct beds *beds, char *error, size_t error_size)
{
    struct bed_run first, second;
    struct timing reference;
    if (!bed_run(beds->ours, &first, error, error_size)) return false;
    if (!run_reference(result->what, beds, &reference, error, error_size)) return false;
    if (!bed_run(beds->ours, &second, error, error_size)) return false;
    result->units = (uint64_t)first.units;
    result->events = first.events;
    result->answer = first.answer;
    result->reference_answer = reference.answer;
    double seconds = (first.seconds + second.seconds) / 2;
    rounds->ours[i] = first.units / seconds;
    rounds->theirs[i] = reference.per_s;
    rounds->ratios[i] = rounds->ours[i] / reference.per_s;
    rounds->noise = fmax(rounds->noise, fabs(first.seconds / second.seconds - 1));
    return true;
}

bool measure_case(struct measure_result *result, const struct speed_case *what, unsigned count,
                  char *error, size_t error_size)
{
    *result = (struct measure_result){.what = what};
    struct rounds rounds = {.noise = 0};
    struct speed_case alone = *what;
    alone.threads = 1;
    struct beds beds = {.ours = bed_open(what, error, error_size)};
    bool good = beds.ours != NULL;
    if (good && what->reference == REFERENCE_ONE_THREAD) {
        beds.alone = bed_open(&alone, error, error_size);
        good = beds.alone != NULL;
    }
    for (unsigned i = 0; i < count && good; i++)
        good = take_round(&rounds, i, result, &beds, error, error_size);
    bed_close(beds.ours);
    bed_close(beds.alone);
    if (!good) return false;
    result->per_s = measure_ratio_of(rounds.ours, count).median;
    result->reference_per_s = measure_ratio_of(rounds.theirs, count).median;
    result->ratio = measure_ratio_of(rounds.ratios, count);
    result->noise = rounds.noise;
    return true;
}
