#include "models/billing.h"

#include "tests/kit.h"

// One runner at 0.0001 USD/s, always there, in shared mode; two units of 0.05 USD a request.
static struct kit priced_by_unit(void)
{
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->machines[0] = 1;
    kit_first(&kit, app)->auth_mode = AUTH_SHARED;
    kit_scaling(&kit, app)->min_concurrency = kit.apps[app].initial_runners = 1;
    kit.apps[app].unit_price_usd = 0.05;
    return kit;
}

static void call(struct kit *kit, double at_s, double service_s, double units)
{
    struct traffic_config *t = kit_call(kit, 0, at_s, service_s);
    t->caller = 1;
    t->billable_units = dist_constant(units);
    t->has_billable_units = true;
}

// C2, C5: the caller pays 2 x 0.05; the seconds that the request covers cost 0.001, which is not
// the owner's.
static void callers_pay_units_times_price(void **state)
{
    (void)state;
    struct kit kit = priced_by_unit();
    call(&kit, 10, 10, 2);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "caller_revenue_usd", "app=A", 0.1);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 0.1);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.001);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.009);
    kit_free(&kit);
}

// C2: sources without units pay by the second, in the same app.
static void units_and_seconds_add_up(void **state)
{
    (void)state;
    struct kit kit = priced_by_unit();
    call(&kit, 10, 10, 2);
    kit_call(&kit, 0, 30, 20)->caller = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "caller_revenue_usd", "app=A", 0.102);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 0.102);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.003);
    kit_free(&kit);
}

// C2: a 5xx is free, by the unit too.
static void a_server_error_is_free(void **state)
{
    (void)state;
    struct kit kit = priced_by_unit();
    kit_first(&kit, 0)->responses[0] = (struct response_config){.status = 500, .probability = 1};
    kit_first(&kit, 0)->response_count = 1;
    call(&kit, 10, 10, 2);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "caller_revenue_usd", "app=A", 0);
    kit_is(&kit, "caller_revenue_mode_usd", "app=A,auth_mode=shared", 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.01);
    kit_free(&kit);
}

// C2: units come with the response, so a request that the horizon cuts has paid nothing.
static void an_unfinished_request_pays_nothing(void **state)
{
    (void)state;
    struct kit kit = priced_by_unit();
    call(&kit, 90, 20, 2);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "caller_revenue_usd", "app=A", 0);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.001);
    kit_free(&kit);
}

// C4: the run in private mode, priced under all: in shared mode the callers would pay 3 x 0.05.
static void revenue_is_priced_under_all_modes(void **state)
{
    (void)state;
    struct kit kit = priced_by_unit();
    kit_first(&kit, 0)->auth_mode = AUTH_PUBLIC;
    call(&kit, 10, 10, 3);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "caller_revenue_usd", "app=A", 0);
    kit_is(&kit, "caller_revenue_mode_usd", "app=A,auth_mode=shared", 0.15);
    kit_is(&kit, "caller_revenue_mode_usd", "app=A,auth_mode=private", 0);
    kit_is(&kit, "caller_revenue_mode_usd", "app=A,auth_mode=public", 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.01);
    kit_free(&kit);
}

// C2, O2: how many units a request has depends on the request alone.
static void units_are_drawn_for_each_request(void **state)
{
    (void)state;
    double revenue[2];
    for (int slow = 0; slow < 2; slow++) {
        struct kit kit = priced_by_unit();
        struct traffic_config *t =
            kit_renewal(&kit, 0, dist_constant(10), dist_constant(slow ? 2 : 1));
        t->caller = 1;
        t->billable_units = (struct dist){.kind = DIST_UNIFORM, .a = 1, .b = 3};
        t->has_billable_units = true;
        kit_run(&kit, 5, 0);
        kit_is(&kit, "requests", "app=A,outcome=ok", 9);
        revenue[slow] = kit_get(&kit, "caller_revenue_usd", "app=A");
        kit_free(&kit);
    }
    assert_true(revenue[0] > 9 * 0.05 && revenue[0] < 27 * 0.05);
    kit_near(revenue[1], revenue[0], 1e-12, "revenue");
}

// C2: lives of 1.25 s (a request of 1.25 s, keep_alive 0) and 3 s are billed as 2 and 3 s.
static void whole_seconds_round_each_life_up(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->machines[0] = 1;
    kit_scaling(&kit, app)->keep_alive = 0;
    kit.config.platform.billing_granularity = BILLING_WHOLE_SECONDS;
    kit_call(&kit, app, 10, 1.25);
    kit_call(&kit, app, 20, 3);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 4.25);
    kit_is(&kit, "billed_s", "app=A,state=rounding", 0.75);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0.0005);
    kit_is(&kit, "cost_state_usd", "app=A,state=rounding", 0.000075);
    kit_is(&kit, "cost_machine_usd", "machine_type=M", 0.0005);
    kit_free(&kit);
}

// C2, C5: nobody's request covers what is rounded up: in shared mode it goes the way of idle
// seconds.  A runner alive at the horizon is not rounded.
static void what_is_rounded_up_is_idle_time(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->machines[0] = 1;
    kit_first(&kit, app)->auth_mode = AUTH_SHARED;
    kit_scaling(&kit, app)->keep_alive = 0;
    kit.apps[app].shared_idle = SHARED_IDLE_ABSORBED;
    kit.config.platform.billing_granularity = BILLING_WHOLE_SECONDS;
    kit_call(&kit, app, 10, 1.25)->caller = 1;
    kit_call(&kit, app, 98.5, 3)->caller = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_usd", "app=A,payer=callers", 0.000275);
    kit_is(&kit, "cost_usd", "app=A,payer=absorbed", 0.000075);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers_pay_units_times_price),
        cmocka_unit_test(units_and_seconds_add_up),
        cmocka_unit_test(a_server_error_is_free),
        cmocka_unit_test(an_unfinished_request_pays_nothing),
        cmocka_unit_test(revenue_is_priced_under_all_modes),
        cmocka_unit_test(units_are_drawn_for_each_request),
        cmocka_unit_test(whole_seconds_round_each_life_up),
        cmocka_unit_test(what_is_rounded_up_is_idle_time),
    };
    return cmocka_run_group_tests_name("billing_units", tests, NULL, NULL);
}
