// Queues with c runners that are always on: Erlang B and C, M/M/c/K, Pollaczek-Khinchine.

#include "tests/theory/theory.h"

#define NO_QUEUE_LIMIT UINT32_MAX

static void check_wait(const char *name, struct kit kit, uint32_t replications, double wq,
                       double tolerance)
{
    const struct theory_row rows[] = {{"wait_mean_s", "app=A", wq, tolerance}};
    theory_check(&kit, name, replications, rows, 1);
}

static void single_server_waits(void **state)
{
    (void)state;
    struct dist one = theory_exponential(1), constant = dist_constant(1);
    check_wait("M/M/1 .8", theory_pool(4e5, 1e3, 1, NO_QUEUE_LIMIT, .8, one), 20, 4.0, .15);
    check_wait("M/M/1 5, 8", theory_pool(2e4, 1e2, 1, NO_QUEUE_LIMIT, 5, theory_exponential(.125)),
               20, .208333, .01);
    check_wait("M/D/1 .5", theory_pool(1e5, 1e2, 1, NO_QUEUE_LIMIT, .5, constant), 20, .5, .02);
    check_wait("M/D/1 .8", theory_pool(2e5, 1e3, 1, NO_QUEUE_LIMIT, .8, constant), 20, 2.0, .07);
    check_wait("M/D/1 .9", theory_pool(6e5, 2e3, 1, NO_QUEUE_LIMIT, .9, constant), 20, 4.5, .25);
}

static void several_servers_wait_as_erlang_c_says(void **state)
{
    (void)state;
    struct dist one = theory_exponential(1);
    check_wait("M/M/2 1.6", theory_pool(2e5, 1e3, 2, NO_QUEUE_LIMIT, 1.6, one), 20, 1.777778, .08);
    check_wait("M/M/3 .2, .1", theory_pool(1e6, 1e4, 3, NO_QUEUE_LIMIT, .2, theory_exponential(10)),
               20, 4.444444, .2);
    struct kit ten = theory_pool(5e4, 2e2, 10, NO_QUEUE_LIMIT, 8, one);
    const struct theory_row rows[] = {
        {"wait_mean_s", "app=A", .204590, .012},
        {"queue_length_mean", "app=A", 1.636721, .1},
        {"in_flight_mean", "app=A", 8, .1},
        {"slot_utilisation", "app=A", .8, .01},
    };
    theory_check(&ten, "M/M/10 8", 20, rows, 4);
}

static void finite_queues_reject(void **state)
{
    (void)state;
    // Capacity 5 with 2 servers: 3 wait at most.
    struct kit kit = theory_pool(1e5, 1e2, 2, 3, 1.6, theory_exponential(1));
    const struct theory_row rows[] = {
        {"wait_mean_s", "app=A", .505451, .015},
        {"request_success_ratio", "app=A", 1 - .102744, .004},
        {"queue_length_mean", "app=A", .505451 * 1.6 * (1 - .102744), .02},
    };
    theory_check(&kit, "M/M/2/5 1.6", 20, rows, 3);
    struct kit one = theory_pool(1e5, 1e2, 1, 2, 2, theory_exponential(1));
    const struct theory_row three[] = {
        {"wait_mean_s", "app=A", 1.428571, .03},
        {"request_success_ratio", "app=A", 1 - .533333, .006},
    };
    theory_check(&one, "M/M/1/3 2", 20, three, 2);
}

static void loss_is_erlang_b_whatever_the_service_distribution(void **state)
{
    (void)state;
    struct dist lognormal = {0};
    const struct dist_form *form = dist_forms;
    while (strcmp(form->name, "lognormal") != 0 || strcmp(form->args[0].key, "mean") != 0)
        form++;
    assert_null(form->make(&lognormal, (const double[]){1, 1.5}));
    const struct theory_row rows[] = {{"request_success_ratio", "app=A", .99, .0012}};
    struct kit exponential = theory_pool(1e5, 1e2, 15, 0, 8.108, theory_exponential(1));
    struct kit constant = theory_pool(1e5, 1e2, 15, 0, 8.108, dist_constant(1));
    struct kit skewed = theory_pool(1e5, 1e2, 15, 0, 8.108, lognormal);
    theory_check(&exponential, "Erlang B(15) exp", 10, rows, 1);
    theory_check(&constant, "Erlang B(15) det", 10, rows, 1);
    theory_check(&skewed, "Erlang B(15) lognormal", 10, rows, 1);
    struct kit ten = theory_pool(1e5, 1e2, 10, 0, 4.461, theory_exponential(1));
    theory_check(&ten, "Erlang B(10) exp", 10, rows, 1);
    struct kit fifty = theory_pool(3e4, 1e2, 50, 0, 37.901, theory_exponential(1));
    theory_check(&fifty, "Erlang B(50) exp", 10, rows, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_server_waits),
        cmocka_unit_test(several_servers_wait_as_erlang_c_says),
        cmocka_unit_test(finite_queues_reject),
        cmocka_unit_test(loss_is_erlang_b_whatever_the_service_distribution),
    };
    return cmocka_run_group_tests_name("queues", tests, NULL, NULL);
}
