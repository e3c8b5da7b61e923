// The base cases of SimFaaS (pacslab/simfaas): published single runs, and exact values with their
// own standard errors.  "servers" there is the mean number of runners alive.

#include "tests/judge.h"

static void pools_agree_with_simfaas(void **state)
{
    (void)state;
#define FILE_ "tests/peers/simfaas.json"
#define EXACT "SimFaaS, exact"
#define PUBLISHED "SimFaaS, published"
#define COLD "cold_start_ratio", "app=A"
#define RUNNING "runners_mean", "app=A,state=RUNNING"
#define IDLE "runners_mean", "app=A,state=IDLE"
    static const struct judge_case cases[] = {
        {FILE_, "SF1", COLD, .001343, 5e-5, EXACT},
        {FILE_, "SF1", RUNNING, 1.792205, .006, "lambda E[S], cold share .001343"},
        {FILE_, "SF1", IDLE, 7.704 - 1.7938, .08, EXACT},
        {FILE_, "SF1", "runner_life_mean_s", "app=A", 6390, 260, EXACT},
        {FILE_, "SF3", "request_success_ratio", "app=A", 1 - .5039, .003, PUBLISHED},
        {FILE_, "SF3", RUNNING, 998.43, .4, PUBLISHED},
        {FILE_, "SF3", IDLE, 999.40 - 998.43, .2, PUBLISHED},
        {FILE_, "SF5a", COLD, .023872, .002, EXACT},
        {FILE_, "SF5a", RUNNING, 20.188, .15, EXACT},
        {FILE_, "SF5a", IDLE, 28.770 - 20.188, .3, EXACT},
        {FILE_, "SF5c", COLD, .000330, .00006, EXACT},
        {FILE_, "SF5c", RUNNING, 20.160485, .15, "lambda E[S], cold share .000330"},
        {FILE_, "SF5c", IDLE, 37.583 - 20.188, .8, EXACT},
    };
    JUDGE(cases);
}

int main(void)
{
    if (!judge_here()) return 77;
    const struct CMUnitTest tests[] = {cmocka_unit_test(pools_agree_with_simfaas)};
    return cmocka_run_group_tests_name("simfaas", tests, NULL, NULL);
}
