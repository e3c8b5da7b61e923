#include "models/mmpp.c"

#include "tests/kit.h"

static struct source open_source(const struct traffic_config *c, uint32_t replication)
{
    struct source s = {.config = c};
    rng_stream_open(&s.arrival, 42, replication, 1);
    rng_stream_open(&s.stay, 42, replication, 2);
    rng_stream_open(&s.turn, 42, replication, 3);
    return s;
}

static const double to_second[] = {0, 1}, to_first[] = {1, 1};

// T1: two states, 10/s for 20 s and 1/s for 60 s on average, at 0 as in the long run.  Counts in
// t seconds have the mean rate x t, and the index of dispersion (Heffes and Lucantoni 1986)
//   1 + 2 (l1 - l2)^2 r1 r2 / ((r1 + r2)^2 (l1 r2 + l2 r1)) x (1 - (1 - e^(-(r1 + r2) t)) / ((r1 +
//   r2) t))
// with r = 1 / mean stay.  4000 counts, seed 42; bounds of 4.5 standard errors: once in 1e5.
static void counts_are_as_dispersed_as_the_formula_says(void **state)
{
    (void)state;
    enum { RUNS = 4000 };
    const struct mmpp_state states[] = {{"busy", 10, 20, to_second}, {"quiet", 1, 60, to_first}};
    const double start[] = {.25, 1}, t = 100, l1 = 10, l2 = 1, r1 = 1. / 20, r2 = 1. / 60;
    const struct mmpp mmpp = {states, start, 2};
    const struct traffic_config c = {.kind = ARRIVAL_MMPP, .mmpp = &mmpp};
    static double counts[RUNS];
    double sum = 0, second = 0, fourth = 0;
    for (uint32_t run = 0; run < RUNS; run++) {
        struct source s = open_source(&c, run);
        counts[run] = 0;
        for (;;) {
            s.clock = mmpp_next(&s, SIM_NEVER);
            if (s.clock >= sim_from_seconds(t)) break;
            counts[run]++;
        }
        sum += counts[run];
    }
    double mean = sum / RUNS;
    for (int i = 0; i < RUNS; i++) {
        second += pow(counts[i] - mean, 2) / RUNS;
        fourth += pow(counts[i] - mean, 4) / RUNS;
    }
    kit_near(mean, 3.25 * t, 4.5 * sqrt(second / RUNS), "mean count");
    double r = r1 + r2, slow = (1 - exp(-r * t)) / (r * t);
    double dispersion =
        1 + 2 * (l1 - l2) * (l1 - l2) * r1 * r2 / (r * r * (l1 * r2 + l2 * r1)) * (1 - slow);
    double error = sqrt((fourth - second * second) / RUNS) / mean;
    assert_true(error < .03 * dispersion);
    kit_near(second / mean, dispersion, 4.5 * error, "index of dispersion");
}

// T1: states of one rate make a Poisson process, whatever the stays: counts of 2000 bins of 100 s
// have the variance of their mean, 4.5 standard errors of sqrt(2 / 1999) = 0.0316.
static void equal_rates_make_a_poisson_process(void **state)
{
    (void)state;
    enum { BINS = 2000 };
    const struct mmpp_state states[] = {{"a", .5, 10, to_second}, {"b", .5, 10, to_first}};
    const struct mmpp mmpp = {states, to_first, 2};
    const struct traffic_config c = {.kind = ARRIVAL_MMPP, .mmpp = &mmpp};
    struct source s = open_source(&c, 0);
    static double counts[BINS];
    double squares = 0, total = 0;
    while ((s.clock = mmpp_next(&s, SIM_NEVER)) < BINS * 100 * SIM_SECOND) {
        counts[s.clock / (100 * SIM_SECOND)]++;
        total++;
    }
    kit_near(total, 50. * BINS, 4.5 * sqrt(50. * BINS), "arrivals");
    for (int i = 0; i < BINS; i++)
        squares += pow(counts[i] - total / BINS, 2);
    kit_near(squares / (BINS - 1) / (total / BINS), 1, 4.5 * .0316, "index of dispersion");
}

struct mark { // an arrival and the state it came in
    sim_time at;
    uint32_t state;
};
enum { MARKS = 4000 };

static int record(const struct mmpp *mmpp, struct mark *marks)
{
    const struct traffic_config c = {.kind = ARRIVAL_MMPP, .mmpp = mmpp};
    struct source s = open_source(&c, 0);
    int n = 0;
    for (;;) {
        s.clock = mmpp_next(&s, sim_from_seconds(5000));
        if (s.clock >= sim_from_seconds(5000)) return n;
        assert_true(n < MARKS && (n == 0 || s.clock >= marks[n - 1].at));
        marks[n++] = (struct mark){s.clock, s.mmpp.state};
    }
}

// O2: another rate of one state leaves every arrival in the other states where it was.
static void states_keep_their_arrivals(void **state)
{
    (void)state;
    static struct mark before[MARKS], after[MARKS];
    struct mmpp_state states[] = {{"busy", .5, 100, to_second}, {"quiet", .1, 100, to_first}};
    const struct mmpp mmpp = {states, to_first, 2};
    int n = record(&mmpp, before), quiet = 0, j = 0;
    states[0].rate_per_s = 1.3;
    int more = record(&mmpp, after);
    assert_true(more > n + 500);
    for (int i = 0; i < n; i++) {
        if (before[i].state == 0) continue;
        while (j < more && after[j].state == 0)
            j++;
        assert_true(j < more && after[j].at == before[i].at);
        j++;
        quiet++;
    }
    assert_true(quiet > 100);
    states[0].rate_per_s = 0; // and without any
    assert_int_equal(record(&mmpp, after), quiet);
}

// Three states: from the first to the others by 1 : 3, and back.  Of its jumps 1/2 lead to the
// first, 1/8 and 3/8 to the others; with mean stays 2, 8 and 4 s the shares are 1 : 1 : 1.5.
static void the_long_run_by_hand(void **state)
{
    (void)state;
    static const double p[] = {0, .25, .75, 1, 0, 0, 1, 0, 0};
    const struct mmpp_state states[] = {{.mean_s = 2}, {.mean_s = 8}, {.mean_s = 4}};
    double shares[3];
    mmpp_long_run(p, states, 3, shares);
    kit_near(shares[0], 1 / 3.5, 1e-15, "first");
    kit_near(shares[1], 1 / 3.5, 1e-15, "second");
    kit_near(shares[2], 1.5 / 3.5, 1e-15, "third");
    static const double cycle[] = {0, 1, 0, 0, 0, 1, 1, 0, 0};
    mmpp_long_run(cycle, states, 3, shares);
    kit_near(shares[1], 8. / 14, 1e-15, "of a cycle");
    // From the second state one jump in four leads away, from the first one in two: 1 : 2 visits.
    static const double stays[] = {.5, .5, .25, .75};
    mmpp_long_run(stays, states, 2, shares);
    kit_near(shares[1], 2 * 8. / (2 + 2 * 8), 1e-15, "of jumps that stay");
}

// The path that is walked: 20,000 stays, seed 42; shares of time within 4.5 standard errors.
static void the_walk_has_the_shares_of_the_long_run(void **state)
{
    (void)state;
    static const double from_first[] = {0, .25, 1}, back[] = {1, 1, 1};
    const struct mmpp_state states[] = {
        {"a", 0, 2, from_first}, {"b", 0, 8, back}, {"c", 0, 4, back}};
    const struct mmpp mmpp = {states, back, 3};
    const struct traffic_config c = {.kind = ARRIVAL_MMPP, .mmpp = &mmpp};
    struct source s = open_source(&c, 0);
    double time[3] = {0}, visits[3] = {0};
    stay(&s, 0, 0);
    for (int i = 0; i < 20000; i++) {
        uint32_t at = s.mmpp.state;
        sim_time from = s.mmpp.until;
        visits[at]++;
        leave(&s);
        time[s.mmpp.state] += sim_seconds(s.mmpp.until - from);
    }
    kit_near(visits[0], 10000, 0, "every second stay is in the first");
    kit_near(visits[1], 2500, 4.5 * sqrt(10000 * .25 * .75), "one in four of the others");
    const double means[] = {2, 8, 4};
    for (int i = 0; i < 3; i++)
        kit_near(time[i] / visits[i], means[i], 4.6 * means[i] / sqrt(visits[i]), "mean stay");
}

static void it_begins_where_it_is_told(void **state)
{
    (void)state;
    const struct mmpp_state states[] = {{"a", 1, 10, to_second}, {"b", 1, 10, to_first}};
    const double second[] = {0, 1};
    const struct mmpp mmpp = {states, second, 2};
    const struct traffic_config c = {.kind = ARRIVAL_MMPP, .mmpp = &mmpp, .from = SIM_SECOND};
    for (uint32_t run = 0; run < 100; run++) {
        struct source s = open_source(&c, run);
        s.clock = c.from;
        sim_time first = mmpp_next(&s, SIM_NEVER);
        assert_true(first >= SIM_SECOND && s.mmpp.until > SIM_SECOND);
        if (s.mmpp.stay == 0) assert_int_equal(s.mmpp.state, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_as_dispersed_as_the_formula_says),
        cmocka_unit_test(equal_rates_make_a_poisson_process),
        cmocka_unit_test(states_keep_their_arrivals),
        cmocka_unit_test(the_long_run_by_hand),
        cmocka_unit_test(the_walk_has_the_shares_of_the_long_run),
        cmocka_unit_test(it_begins_where_it_is_told),
    };
    return cmocka_run_group_tests_name("mmpp", tests, NULL, NULL);
}
