// T1: closed loops and batches against their closed forms.

#include "tests/theory/theory.h"

// The machine repairman, M/M/1//N: p0 = 1 / sum over n of N! / (N - n)! (S / Z)^n; the server's
// utilisation is 1 - p0, throughput X = (1 - p0) / S, and the mean response N / X - Z (Little).
static void users_queue_as_machines_for_a_repairman(void **state)
{
    (void)state;
    enum { USERS = 8 };
    double service = 1, think = 10, term = 1, sum = 1;
    for (int n = 1; n <= USERS; n++) {
        term *= (USERS - n + 1) * service / think;
        sum += term;
    }
    double throughput = (1 - 1 / sum) / service;
    struct kit kit = theory_pool(1e5, 1e3, 1, UINT32_MAX, 1, theory_exponential(service));
    kit.traffic[0].kind = ARRIVAL_CLOSED_LOOP;
    kit.traffic[0].users = USERS;
    kit.traffic[0].think = theory_exponential(think);
    const struct theory_row rows[] = {
        {"in_flight_mean", "app=A", 1 - 1 / sum, .01},
        {"response_mean_s", "app=A", USERS / throughput - think, .05},
        {"queue_length_mean", "app=A", USERS - throughput * think - (1 - 1 / sum), .05},
    };
    theory_check(&kit, "M/M/1//8", 20, rows, 3);
}

// M^X/M/1: with rho = lambda E[X] S there are rho (1 + E[X^2] / E[X]) / (2 (1 - rho)) requests in
// the system.
static void check_batches(const char *name, enum batch_kind kind, double mean, double ratio)
{
    double rho = .6;
    struct kit kit = theory_pool(2e5, 1e3, 1, UINT32_MAX, rho / mean, theory_exponential(1));
    kit.traffic[0].batch = kind;
    kit.traffic[0].batch_size = mean;
    double in_system = rho * (1 + ratio) / (2 * (1 - rho));
    const struct theory_row rows[] = {
        {"response_mean_s", "app=A", in_system / rho, .3},
        {"queue_length_mean", "app=A", in_system - rho, .2},
        {"in_flight_mean", "app=A", rho, .01},
    };
    theory_check(&kit, name, 20, rows, 3);
}

static void batches_wait_as_theory_says(void **state)
{
    (void)state;
    check_batches("M^3/M/1 .6", BATCH_CONSTANT, 3, 3);
    check_batches("M^Geo(3)/M/1 .6", BATCH_GEOMETRIC, 3, 5); // E[X^2] / E[X] = 2 m - 1
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(users_queue_as_machines_for_a_repairman),
        cmocka_unit_test(batches_wait_as_theory_says),
    };
    return cmocka_run_group_tests_name("sources", tests, NULL, NULL);
}
