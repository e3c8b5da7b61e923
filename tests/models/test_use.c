#include "models/use.c"

#include "tests/kit.h"

static struct kit busy_app(enum auth_mode mode, uint32_t idle)
{
    struct kit kit = kit_new(5000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->max_concurrency = 6;
    kit_scaling(&kit, app)->request_timeout = sim_from_seconds(20);
    struct revision_config *r = kit_first(&kit, app);
    r->max_multiplexing = 3;
    r->setup = dist_constant(12);
    r->auth_mode = mode;
    r->responses[0] = (struct response_config){.status = 500, .probability = .1};
    r->responses[1] = (struct response_config){.status = 503, .probability = .05};
    r->response_count = 2;
    kit.apps[app].shared_idle = idle;
    struct dist service = {.kind = DIST_EXPONENTIAL, .a = 6};
    kit_poisson(&kit, app, .4, service);
    kit_poisson(&kit, app, .2, service)->path = PATH_DIRECT;
    kit_deploy(&kit, app, 2500, "recreate");
    kit.config.warm_up = sim_from_seconds(300);
    return kit;
}

// C4: the rows of a run priced under each mode are the bill of the same run in that mode (the owner
// calls, so that no mode turns anybody away).
static void pricing_under_a_mode_is_the_bill_of_a_run_in_it(void **state)
{
    (void)state;
    for (uint32_t idle = 0; idle < 2; idle++)
        for (uint32_t own = 0; own < AUTH_MODES; own++) {
            struct kit kit = busy_app((enum auth_mode)own, idle);
            kit_run(&kit, 7, 0);
            for (uint32_t mode = 0; mode < AUTH_MODES; mode++) {
                struct kit other = busy_app((enum auth_mode)mode, idle);
                kit_run(&other, 7, 0);
                for (int p = 0; p < PAYERS; p++) {
                    char wanted[80], row[80];
                    snprintf(wanted, sizeof wanted, "app=A,payer=%s", payer_names[p]);
                    snprintf(row, sizeof row, "app=A,auth_mode=%s,payer=%s", auth_modes[mode].name,
                             payer_names[p]);
                    kit_is(&kit, "cost_mode_usd", row, kit_get(&other, "cost_usd", wanted));
                }
                kit_free(&other);
            }
            assert_true(kit_get(&kit, "cost_mode_usd", "app=A,auth_mode=shared,payer=callers") >
                        .1);
            kit_free(&kit);
        }
}

// M1: machine-seconds by use: setup 10, busy 20, idle 60, stopping 5 of a runner with 2 GPUs.
static void machine_seconds_are_counted_by_use(void **state)
{
    (void)state;
    struct kit kit = kit_new(200);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    r->num_gpus = 2;
    r->setup = dist_constant(10);
    r->teardown = dist_constant(5);
    kit_call(&kit, app, 0, 20);
    kit_deploy(&kit, app, 80, "recreate");
    kit_run(&kit, 1, 0);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=starting", 20);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=busy", 40);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=idle", 100);
    kit_is(&kit, "machine_s", "machine_type=GPU-A100,state=draining", 10);
    kit_is(&kit, "machine_busy_ratio", "machine_type=GPU-A100", 40. / 170);
    kit_is(&kit, "cost_machine_usd", "machine_type=GPU-A100", 170 * .99 / 3600);
    kit_free(&kit);
}

static void only_types_that_a_revision_names_are_used(void **state)
{
    (void)state;
    struct kit kit = kit_new(10);
    kit_app(&kit, "A");
    struct model *m = kit_create(&kit, 1, 0);
    assert_true(machine_used(m, 0));
    assert_false(machine_used(m, 1));
    kit_drop(&kit);
}

// The scenario's money is that of its apps.
static void money_adds_up_over_apps(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t app = kit_app(&kit, i ? "B" : "A");
        kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = i + 1;
    }
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 100 * .99 / 3600);
    kit_is(&kit, "cost_usd", "app=B,payer=owner", 200 * .99 / 3600);
    kit_is(&kit, "cost_usd", "payer=owner", 300 * .99 / 3600);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pricing_under_a_mode_is_the_bill_of_a_run_in_it),
        cmocka_unit_test(machine_seconds_are_counted_by_use),
        cmocka_unit_test(only_types_that_a_revision_names_are_used),
        cmocka_unit_test(money_adds_up_over_apps),
    };
    return cmocka_run_group_tests_name("use", tests, NULL, NULL);
}
