#include "models/billing.c"

#include "tests/kit_log.h"

static const double rate = .99 / 3600; // USD for each second of the kit's GPU-A100

// What each payer is to pay, in seconds of the machine's rate.
static void expect_payers(const struct kit *kit, double owner_s, double callers_s,
                          double absorbed_s)
{
    kit_is(kit, "cost_usd", "app=A,payer=owner", owner_s * rate);
    kit_is(kit, "cost_usd", "app=A,payer=callers", callers_s * rate);
    kit_is(kit, "cost_usd", "app=A,payer=absorbed", absorbed_s * rate);
}

// A call of acme's (caller 1) that costs 5 s of setup, 4 s of work and 60 s of keep_alive.
static struct kit one_call(enum auth_mode mode, enum shared_idle idle)
{
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->setup = dist_constant(5);
    kit_first(&kit, app)->auth_mode = mode;
    kit.apps[app].shared_idle = idle;
    kit_call(&kit, app, 10, 4)->caller = 1;
    return kit;
}

// C2: public: the owner pays for anyone; shared: the caller pays for the request's seconds, the
// rest goes to the owner or is absorbed.  Private would not have let acme in.
static void the_mode_says_who_pays(void **state)
{
    (void)state;
    struct kit kit = one_call(AUTH_PUBLIC, SHARED_IDLE_OWNER);
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 69, 0, 0);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 0);
    kit_free(&kit);
    kit = one_call(AUTH_SHARED, SHARED_IDLE_OWNER);
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 65, 4, 0);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 4 * rate);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=owner", 0);
    kit_free(&kit);
    kit = one_call(AUTH_SHARED, SHARED_IDLE_ABSORBED);
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 0, 4, 65);
    kit_is(&kit, "cost_idle_usd", "app=A", 65 * rate);
    kit_is(&kit, "cost_per_request_usd", "app=A", 69 * rate);
    kit_is(&kit, "cost_state_usd", "app=A,state=SETUP", 5 * rate);
    kit_free(&kit);
}

// C2: nothing for a 5xx, a 404 or a 422; any other 4xx is charged.  Nothing for time in the queue:
// the call waited 5 s.
static void failed_requests_are_not_charged(void **state)
{
    (void)state;
    static const struct {
        uint32_t status;
        double owner_s, callers_s;
    } rows[] = {{500, 69, 0}, {502, 69, 0}, {400, 65, 4},
                {409, 65, 4}, {404, 69, 0}, {422, 69, 0}}; // domain 6.1
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (uint32_t idle = 0; idle < 2; idle++) {
            struct kit kit = one_call(AUTH_SHARED, (enum shared_idle)idle);
            kit_first(&kit, 0)->responses[0] =
                (struct response_config){.status = rows[i].status, .probability = 1};
            kit_first(&kit, 0)->response_count = 1;
            kit_run(&kit, 1, 0);
            bool absorbed = idle == SHARED_IDLE_ABSORBED;
            expect_payers(&kit, absorbed ? 0 : rows[i].owner_s, rows[i].callers_s,
                          absorbed ? rows[i].owner_s : 0);
            kit_free(&kit);
        }
}

// C2, Q4: an attempt that request_timeout ends costs its caller nothing, the second one neither.
static void attempts_that_time_out_are_not_charged(void **state)
{
    (void)state;
    struct kit kit = one_call(AUTH_SHARED, SHARED_IDLE_OWNER);
    kit_scaling(&kit, 0)->request_timeout = sim_from_seconds(3);
    kit.traffic[0].max_attempts = 2;
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 5 + 3 + 5 + 3, 0, 0);
    kit_free(&kit);
}

// A runner with three slots, always on.
static struct kit shared_slots(void)
{
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit_first(&kit, app)->max_multiplexing = 3;
    kit_first(&kit, app)->auth_mode = AUTH_SHARED;
    kit.apps[app].initial_runners = 1;
    return kit;
}

// C2, Q7: acme 10 to 30, the owner 20 to 40: each alone for 10 s and half of the 10 s that they
// share.
static void requests_side_by_side_share_their_seconds(void **state)
{
    (void)state;
    struct kit kit = shared_slots();
    kit_call(&kit, 0, 10, 20)->caller = 1;
    kit_call(&kit, 0, 20, 20)->caller = 0;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 15 * rate);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=owner", 15 * rate);
    expect_payers(&kit, 270, 30, 0);
    kit_free(&kit);
    // Three at once for 6 s, then two for 6 s, then one for 6 s: 2, 2 + 3, 2 + 3 + 6.
    kit = shared_slots();
    for (uint32_t i = 0; i < 3; i++)
        kit_call(&kit, 0, 10, 6 + 6 * i)->caller = i % 2;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=owner", (2 + 11) * rate);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 5 * rate);
    kit_free(&kit);
}

// C5: 10 s are no multiple of three; what the division leaves over, 1 ns, is nobody's and so the
// owner's.
static void no_nanosecond_is_lost_in_the_division(void **state)
{
    (void)state;
    struct kit kit = shared_slots();
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 10, 10);
    struct model *m = kit_create(&kit, 1, 0);
    kit_finish(&kit, m);
    const struct meter *meter = &m->pools[0].meters[0];
    assert_true(meter->callers_ns == 3 * INT64_C(3333333333));
    assert_true(meter_owner_ns(meter) == 290 * SIM_SECOND + 1);
    assert_true(meter_uncovered_ns(meter) == meter_owner_ns(meter));
    assert_true(meter_billed_ns(meter) == 300 * SIM_SECOND);
    kit_drop(&kit);
    kit_free(&kit);
}

// A private app becomes shared at 100 s by a deploy that lets the old runner finish.
static struct kit mode_change(enum auth_mode from, enum auth_mode to)
{
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit_first(&kit, app)->drain = DRAIN_WAIT;
    kit_first(&kit, app)->auth_mode = from;
    kit.apps[app].initial_runners = 1;
    kit.apps[app].shared_idle = SHARED_IDLE_ABSORBED;
    kit_call(&kit, app, 90, 20);
    kit_call(&kit, app, 150, 30);
    kit_deploy(&kit, app, 100, "recreate")->auth_mode = to;
    return kit;
}

// C3: from the switch on, by the mode in which a request was submitted.  Old runner: idle to 90,
// busy to 110; new one: idle from 100, busy 150 to 180.
static void a_deploy_changes_the_mode_from_the_switch_on(void **state)
{
    (void)state;
    struct kit kit = mode_change(AUTH_PRIVATE, AUTH_SHARED);
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 110, 30, 170);
    kit_free(&kit);
    kit = mode_change(AUTH_SHARED, AUTH_PRIVATE);
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 200, 20, 90);
    kit_free(&kit);
}

// C3: what is not of the two revisions of the deploy changes its payer too: revision 1 tears down
// from 100 to 160, revision 2 is private, revision 3, from 130 on, is shared.
static void a_mode_change_divides_everything_that_runs(void **state)
{
    (void)state;
    struct kit kit = kit_new(200);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->teardown = dist_constant(60);
    kit_first(&kit, app)->termination_grace_period = sim_from_seconds(60);
    kit_scaling(&kit, app)->keep_alive = sim_from_seconds(100);
    kit.apps[app].shared_idle = SHARED_IDLE_ABSORBED;
    kit_call(&kit, app, 50, 10);
    kit_deploy(&kit, app, 100, "recreate");
    kit_deploy(&kit, app, 130, "recreate")->auth_mode = AUTH_SHARED;
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 80, 0, 30);
    kit_free(&kit);
}

// C2, C3: a request submitted in shared mode that fails after the mode has changed is still one of
// shared mode.
static void a_failed_request_keeps_the_mode_of_its_submission(void **state)
{
    (void)state;
    struct kit kit = mode_change(AUTH_SHARED, AUTH_PRIVATE);
    kit_first(&kit, 0)->responses[0] = (struct response_config){.status = 500, .probability = 1};
    kit_first(&kit, 0)->response_count = 1;
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 200, 0, 90 + 20);
    kit_free(&kit);
}

// C3: who may call changes at the switch too.
static void admission_follows_the_mode(void **state)
{
    (void)state;
    struct kit kit = mode_change(AUTH_PRIVATE, AUTH_SHARED);
    kit.traffic[0].caller = kit.traffic[1].caller = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=A,outcome=unauthorized", 1);
    kit_is(&kit, "requests", "app=A,outcome=ok", 1);
    kit_free(&kit);
}

// What is in flight at the horizon has used its seconds.
static void unfinished_requests_pay_for_what_they_have_used(void **state)
{
    (void)state;
    struct kit kit = shared_slots();
    kit_call(&kit, 0, 290, 100)->caller = 1;
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 290, 10, 0);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 10 * rate);
    kit_free(&kit);
}

// The warm-up's end at 100 s divides a request of 80 to 130.
static void the_warm_up_forgets_what_was_metered(void **state)
{
    (void)state;
    struct kit kit = shared_slots();
    kit.config.warm_up = sim_from_seconds(100);
    kit_call(&kit, 0, 80, 50)->caller = 1;
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 170, 30, 0);
    kit_is(&kit, "cost_caller_usd", "app=A,caller=acme", 30 * rate);
    kit_is(&kit, "billed_s", "app=A,state=RUNNING", 30);
    kit_free(&kit);
}

// P2: time in CRASH_BACKOFF, PENDING and DOCKER_PULL is nobody's.
static void unbilled_states_cost_nothing(void **state)
{
    (void)state;
    struct kit kit = kit_new(130);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = 1;
    struct revision_config *r = kit_first(&kit, app);
    kit.machines[0].pending = dist_constant(20);
    r->image_cached = 0;
    r->docker_pull = dist_constant(30);
    r->setup = dist_constant(3);
    r->setup_failure = 1;
    kit_run(&kit, 1, 0);
    expect_payers(&kit, 3, 0, 0); // SETUP from 50 to 53; then 30 s of back-off, 20 and 30 to 133
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mode_says_who_pays),
        cmocka_unit_test(failed_requests_are_not_charged),
        cmocka_unit_test(attempts_that_time_out_are_not_charged),
        cmocka_unit_test(requests_side_by_side_share_their_seconds),
        cmocka_unit_test(no_nanosecond_is_lost_in_the_division),
        cmocka_unit_test(a_deploy_changes_the_mode_from_the_switch_on),
        cmocka_unit_test(a_mode_change_divides_everything_that_runs),
        cmocka_unit_test(a_failed_request_keeps_the_mode_of_its_submission),
        cmocka_unit_test(admission_follows_the_mode),
        cmocka_unit_test(unfinished_requests_pay_for_what_they_have_used),
        cmocka_unit_test(the_warm_up_forgets_what_was_metered),
        cmocka_unit_test(unbilled_states_cost_nothing),
    };
    return cmocka_run_group_tests_name("billing", tests, NULL, NULL);
}
