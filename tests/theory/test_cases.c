// Every exact answer that queueing theory has for what a pool can be: the scenario files beside
// this one, each against the numbers that others have derived.

#include "tests/judge.h"

#define WAIT "wait_mean_s", "app=A"
#define OK "request_success_ratio", "app=A"
#define NO_WAIT "good_ratio", "app=A"
#define RESPONSE "response_mean_s", "app=A"
#define QUEUE "queue_length_mean", "app=A"
#define BUSY "in_flight_mean", "app=A"
#define COLD "cold_start_ratio", "app=A"

static void loss_is_erlang_b_whatever_the_service_distribution(void **state)
{
    (void)state;
#define LOSS "tests/theory/loss.json"
#define ERLANG_B "Erlang B"
    static const struct judge_case cases[] = {
        {LOSS, "B(15, 8.108)", OK, 1 - .0100, .0012, "Erlang B (erlang.com, calculator manual)"},
        {LOSS, "B(15, 8.108) constant", OK, 1 - .0100, .0012, "Erlang B, insensitivity"},
        {LOSS, "B(15, 8.108) lognormal", OK, 1 - .0100, .0012, "Erlang B, insensitivity"},
        {LOSS, "B(10, 4.461)", OK, 1 - .0100, .0012, "Erlang B, 1 % table"},
        {LOSS, "B(20, 12.031)", OK, 1 - .0100, .0012, "Erlang B, 1 % table"},
        {LOSS, "B(50, 37.901)", OK, 1 - .0100, .0012, "Erlang B, 1 % table"},
        {LOSS, "B(100, 84.064)", OK, 1 - .0100, .0012, "Erlang B, 1 % table"},
        {LOSS, "B(1000, 2016)", OK, 1 - .504455, .004, ERLANG_B},
        // Extended Erlang B, 5.5 erlangs and 3 %: ten lines are too few, eleven suffice.
        {LOSS, "10 lines, half of the rejected try again", OK, 1 - .031494, .0014,
         "Extended Erlang B (erlang.com): over 3 %"},
        {LOSS, "11 lines, half of the rejected try again", OK, 1 - .015040, .0014,
         "Extended Erlang B (erlang.com): under 3 %"},
    };
    JUDGE(cases);
}

static void waits_are_those_of_erlang_c_and_pollaczek_khinchine(void **state)
{
    (void)state;
#define WAITING "tests/theory/waiting.json"
    static const struct judge_case cases[] = {
        {WAITING, "M/M/1 0.8", WAIT, 4.0, .15, "rho / (mu - lambda)"},
        {WAITING, "M/M/1 0.8", RESPONSE, 5.0, .15, "1 / (mu - lambda)"},
        {WAITING, "M/M/1 0.8", QUEUE, 4.0 * .8, .13, "Little"},
        {WAITING, "M/M/1 5, 8", WAIT, .208333, .01, "Ciw's documentation"},
        {WAITING, "M/M/1 0.75", QUEUE, 2.25, .09, "cimba's tutorial"},
        {WAITING, "M/M/2 1.6", WAIT, 1.777778, .08, "Erlang C"},
        {WAITING, "M/M/2 1.6", NO_WAIT, 1 - .711111, .006, "Erlang C"},
        {WAITING, "M/M/3 0.2, 0.1", WAIT, 4.444444, .2, "Erlang C (Ciw's README)"},
        {WAITING, "M/M/3 0.2, 0.1", NO_WAIT, 1 - .444444, .006, "Erlang C"},
        {WAITING, "M/M/10 8", WAIT, .204590, .012, "Erlang C"},
        {WAITING, "M/M/10 8", NO_WAIT, 1 - .409180, .012, "Erlang C"},
        {WAITING, "M/M/10 8", QUEUE, 1.636721, .1, "Erlang C"},
        {WAITING, "M/M/10 8", BUSY, 8, .1, "offered load"},
        {WAITING, "M/M/10 8", "slot_utilisation", "app=A", .8, .01, "rho"},
        {WAITING, "M/M/100 80", WAIT, .000982, .0003, "Erlang C"},
        {WAITING, "M/M/100 80", NO_WAIT, 1 - .019646, .004, "Erlang C"},
        {WAITING, "M/D/1 0.5", WAIT, .5, .02, "Pollaczek-Khinchine"},
        {WAITING, "M/D/1 0.8", WAIT, 2.0, .07, "Pollaczek-Khinchine"},
        {WAITING, "M/D/1 0.9", WAIT, 4.5, .25, "Pollaczek-Khinchine"},
        {WAITING, "M/M/2/5 1.6", WAIT, .505451, .015, "M/M/c/K"},
        {WAITING, "M/M/2/5 1.6", OK, 1 - .102744, .004, "M/M/c/K"},
        {WAITING, "M/M/2/5 1.6", QUEUE, 2.161240 - 1.6 * (1 - .102744), .02,
         "M/M/c/K: L less busy"},
        {WAITING, "M/M/1/3 2", WAIT, 1.428571, .03, "M/M/c/K"},
        {WAITING, "M/M/1/3 2", OK, 1 - .533333, .006, "M/M/c/K"},
        {WAITING, "M/M/1/3 2", QUEUE, 2.266667 - 2 * (1 - .533333), .02, "M/M/c/K: L less busy"},
    };
    JUDGE(cases);
}

// Non-preemptive M/M/1, 0.2 and 0.6 a second.
static void low_priority_waits_for_high(void **state)
{
    (void)state;
#define PRIORITY "tests/theory/priority.json"
    static const struct judge_case cases[] = {
        {PRIORITY, "base", "response_priority_mean_s", "app=A,priority=normal", 2.0, .04,
         "Ciw, test_priority_system_compare_literature"},
        {PRIORITY, "base", "response_priority_mean_s", "app=A,priority=low", 6.0, .25,
         "Ciw, test_priority_system_compare_literature"},
        {PRIORITY, "base", RESPONSE, 5.0, .2, "conservation law"},
    };
    JUDGE(cases);
}

// Q7: with Poisson arrivals the mean response is S / (1 - rho) for every distribution of the work.
static void sharing_depends_on_the_mean_alone(void **state)
{
    (void)state;
#define SHARING "tests/theory/sharing.json"
#define KLEINROCK "Kleinrock 1976, 4.4"
    static const struct judge_case cases[] = {
        {SHARING, "M/M/1-PS 0.7", RESPONSE, 1 / .3, .09, KLEINROCK},
        {SHARING, "M/M/1-PS 0.7", BUSY, .7 / .3, .09, KLEINROCK},
        {SHARING, "M/M/1-PS 0.7", "billed_busy_ratio", "app=A", .7, .01, "rho"},
        {SHARING, "M/D/1-PS 0.7", RESPONSE, 1 / .3, .09, KLEINROCK},
        {SHARING, "M/U/1-PS 0.7", RESPONSE, 1 / .3, .09, KLEINROCK},
    };
    JUDGE(cases);
}

// The price is 1 USD a second, so cost over the horizon is the billed share of the time.
static void one_runner_starts_cold_and_expires(void **state)
{
    (void)state;
#define KEEP "tests/theory/keep-alive.json"
#define WELCH "Welch 1964"
#define COST "cost_usd", "app=A,payer=owner"
    static const struct judge_case cases[] = {
        {KEEP, "reject, T = 10", COLD, .367879, .004, "p = exp(-lambda T)"},
        {KEEP, "reject, T = 10", OK, 1 - .198173, .004, "lambda ES / (1 + lambda ES)"},
        {KEEP, "reject, T = 10", "runner_life_mean_s", "app=A", 23.9011, .3, "renewal argument"},
        {KEEP, "reject, T = 10", COST, .705024 * 1e6, .005 * 1e6, "alive fraction"},
        {KEEP, "queue, T = 0", WAIT, 54.526227, 1.2, WELCH},
        {KEEP, "queue, T = 0", COLD, .445625, .006, WELCH},
        {KEEP, "queue, T = 0", COST, .554375 * 4e6, .006 * 4e6, "billed fraction"},
        {KEEP, "queue, T = 60", WAIT, 37.979437, 1.2, WELCH},
        {KEEP, "queue, T = 60", COLD, .294370, .006, WELCH},
        {KEEP, "queue, T = 60", COST, .705630 * 4e6, .006 * 4e6, "billed fraction"},
    };
    JUDGE(cases);
}

// M/M/k with start-up, no keep-alive.
static void starts_are_staggered_or_called_off(void **state)
{
    (void)state;
#define START "tests/theory/start-up.json"
#define GANDHI "Gandhi, Doroudi, Harchol-Balter, Scheller-Wolf"
    static const struct judge_case cases[] = {
        {START, "k = 1", RESPONSE, 7.0, .15, GANDHI},
        {START, "k = 2, staggered", RESPONSE, 6.333333, .12, GANDHI},
        {START, "k = 2", RESPONSE, 4.403956, .09, GANDHI},
        {START, "k = 2", "runners_mean", "app=A,state=SETUP", .713518, .015, GANDHI},
    };
    JUDGE(cases);
}

// The machine repairman with 8 users, 1 s of service, 10 s of thought; and M^X/M/1, which holds
// rho (1 + E[X^2] / E[X]) / (2 (1 - rho)) requests (T1).
static void users_and_batches_queue_as_theory_says(void **state)
{
    (void)state;
#define SOURCES "tests/theory/sources.json"
#define REPAIRMAN "machine repairman"
#define BATCHES "M^X/M/1"
    double service = 1, think = 10, term = 1, sum = 1;
    for (int n = 1; n <= 8; n++) {
        term *= (8 - n + 1) * service / think;
        sum += term;
    }
    double throughput = (1 - 1 / sum) / service;
    const struct judge_case cases[] = {
        {SOURCES, "M/M/1//8", BUSY, 1 - 1 / sum, .01, REPAIRMAN},
        {SOURCES, "M/M/1//8", RESPONSE, 8 / throughput - think, .05, REPAIRMAN},
        {SOURCES, "M^3/M/1 0.6", RESPONSE, (1 + 3) / (2 * .4), .3, BATCHES},
        {SOURCES, "M^3/M/1 0.6", QUEUE, .6 * (1 + 3) / (2 * .4) - .6, .2, BATCHES},
        {SOURCES, "M^Geo(3)/M/1 0.6", RESPONSE, (1 + 5) / (2 * .4), .3, BATCHES},
    };
    JUDGE(cases);
}

// Pencil and paper: runners that start together, and what the calls see of it.
static void rollouts_cost_what_a_pencil_finds(void **state)
{
    (void)state;
#define ROLLOUTS "tests/theory/rollouts.json"
#define LOST "requests", "app=A,outcome=start_timeout"
#define AWAY "no_runner_time_s", "app=A"
#define UNSERVED "unserved_time_s", "app=A"
#define OLD_GONE "rollout_old_gone_s", "app=A,rollout=1"
#define IN_SETUP "billed_s", "app=A,state=SETUP"
#define IDLING "billed_s", "app=A,state=IDLE"
#define SURGE "surge 1, unavailable 1"
    static const struct judge_case cases[] = {
        {ROLLOUTS, "recreate, lost calls", AWAY, 90, 0, "D"},
        {ROLLOUTS, "recreate, lost calls", LOST, 45, 2.4, "lambda D"},
        {ROLLOUTS, "recreate, calls wait 30 s", LOST, 30, 2, "lambda (D - 30 s)"},
        {ROLLOUTS, "recreate, calls wait", AWAY, 90, 0, "D"},
        {ROLLOUTS, "recreate, calls wait", UNSERVED, 88, .7, "D - 1 / lambda"},
        {ROLLOUTS, "recreate, calls wait", LOST, 0, 0, "nobody gives up"},
        {ROLLOUTS, "recreate, those caught", "arrivals", "app=A", 450, 7, "lambda D"},
        {ROLLOUTS, "recreate, those caught", WAIT, 45, .5, "D / 2"},
        {ROLLOUTS, "rolling", AWAY, 0, 0, "the old serve on"},
        {ROLLOUTS, "rolling", UNSERVED, 0, 0, "the old serve on"},
        {ROLLOUTS, "rolling", LOST, 0, 0, "the old serve on"},
        // One runner for the 90 s after the switch, two calls a second of 1 s each.
        {ROLLOUTS, "rolling, 2 erlangs on 4 runners", "queue_length_max", "app=A", 90, 0,
         "(lambda - 1 / S) D"},
        {ROLLOUTS, "rolling, 2 erlangs on 4 runners", AWAY, 0, 0, "the old serve on"},
        // A deploy of four with two starts at once, 60 s each, takes two rounds; until then three
        // runners are ready, and no more than five there.
        {ROLLOUTS, "4 replicas, calls in threes", OLD_GONE, 120, 0, SURGE},
        {ROLLOUTS, "4 replicas, calls in threes", IN_SETUP, 2 * 120, 0, "at most 5"},
        {ROLLOUTS, "4 replicas, calls in threes", IDLING, 4 * 280 + 3 * 120 - 399 * .3, 0,
         "at least 3 are ready"},
        {ROLLOUTS, "4 replicas, calls in threes", LOST, 0, 0, "at least 3 are ready"},
        {ROLLOUTS, "4 replicas, calls in fours", LOST, 120, 0, "one in each second"},
    };
    JUDGE(cases);
}

static void outages_end_with_the_first_of_k_starts(void **state)
{
    (void)state;
#define OUTAGES "tests/theory/outages.json"
    static const struct judge_case cases[] = {
        {OUTAGES, "k = 1, 90 s", AWAY, 90, 0, "D"},
        {OUTAGES, "k = 5, 90 s", AWAY, 90, 0, "D"},
        {OUTAGES, "k = 1, exponential", AWAY, 90, 6, "D / k"},
        {OUTAGES, "k = 2, exponential", AWAY, 45, 3, "D / k"},
        {OUTAGES, "k = 5, exponential", AWAY, 18, 1.2, "D / k"},
        {OUTAGES, "k = 2, uniform", AWAY, 30 + 120 / 3., 2, "a + (b - a) / (k + 1)"},
        {OUTAGES, "k = 5, uniform", AWAY, 30 + 120 / 6., 1.2, "a + (b - a) / (k + 1)"},
    };
    JUDGE(cases);
}

int main(void)
{
    if (!judge_here()) return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loss_is_erlang_b_whatever_the_service_distribution),
        cmocka_unit_test(waits_are_those_of_erlang_c_and_pollaczek_khinchine),
        cmocka_unit_test(low_priority_waits_for_high),
        cmocka_unit_test(sharing_depends_on_the_mean_alone),
        cmocka_unit_test(one_runner_starts_cold_and_expires),
        cmocka_unit_test(starts_are_staggered_or_called_off),
        cmocka_unit_test(users_and_batches_queue_as_theory_says),
        cmocka_unit_test(rollouts_cost_what_a_pencil_finds),
        cmocka_unit_test(outages_end_with_the_first_of_k_starts),
    };
    return cmocka_run_group_tests_name("theory", tests, NULL, NULL);
}
