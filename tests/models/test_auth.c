#include "models/auth.c"

#include "tests/kit.h"

// C1, from the seed page's table "Authentication Modes".
static void modes_admit_whom_the_documentation_says(void **state)
{
    (void)state;
    static const struct {
        enum auth_mode mode;
        const char *name;
        bool owner, team, user, anonymous, caller_pays;
    } rows[] = {
        {AUTH_PRIVATE, "private", true, true, false, false, false},
        {AUTH_SHARED, "shared", true, true, true, false, true},
        {AUTH_PUBLIC, "public", true, true, true, true, false},
    };
    for (size_t i = 0; i < AUTH_MODES; i++) {
        const struct auth_row *row = &auth_modes[rows[i].mode];
        assert_string_equal(row->name, rows[i].name);
        assert_string_equal(row->name, auth_mode_names[rows[i].mode]);
        assert_int_equal(row->admits[CALLER_OWNER], rows[i].owner);
        assert_int_equal(row->admits[CALLER_TEAM], rows[i].team);
        assert_int_equal(row->admits[CALLER_USER], rows[i].user);
        assert_int_equal(row->admits[CALLER_ANONYMOUS], rows[i].anonymous);
        assert_int_equal(row->caller_pays, rows[i].caller_pays);
    }
}

// One call each of the owner, the team, an account of its own, and nobody's, a minute apart.
static struct kit four_callers(enum auth_mode mode)
{
    struct kit kit = kit_new(600);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->auth_mode = mode;
    kit.callers[3] = (struct caller_config){.name = "team", .kind = CALLER_TEAM};
    kit.config.caller_count = 4;
    static const uint32_t order[] = {0, 3, 1, 2};
    for (uint32_t i = 0; i < 4; i++)
        kit_call(&kit, app, 60 * i, 1)->caller = order[i];
    return kit;
}

// C1: a call that the mode does not allow ends at once, and no runner hears of it.
static void refused_calls_touch_no_runner(void **state)
{
    (void)state;
    static const double served[] = {2, 3, 4};
    for (uint32_t mode = 0; mode < AUTH_MODES; mode++) {
        struct kit kit = four_callers((enum auth_mode)mode);
        assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
        print_message("    %s\n", auth_modes[mode].name);
        kit_is(&kit, "requests", "app=A,outcome=ok", served[mode]);
        kit_is(&kit, "requests", "app=A,outcome=unauthorized", 4 - served[mode]);
        kit_is(&kit, "billed_s", "app=A,state=RUNNING", served[mode]);
        kit_is(&kit, "request_success_ratio", "app=A", 1); // the caller's own error
        kit_is(&kit, "unserved_time_s", "app=A", 0);
        kit_free(&kit);
    }
}

static void an_app_that_only_refuses_starts_nothing(void **state)
{
    (void)state;
    struct kit kit = kit_new(600);
    uint32_t app = kit_app(&kit, "A"); // private
    kit_poisson(&kit, app, 1, dist_constant(1))->caller = 2;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 0);
    kit_is(&kit, "cost_usd", "app=A,payer=owner", 0);
    assert_true(kit_get(&kit, "requests", "app=A,outcome=unauthorized") > 400);
    kit_is(&kit, "request_success_ratio", "app=A", NAN);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modes_admit_whom_the_documentation_says),
        cmocka_unit_test(refused_calls_touch_no_runner),
        cmocka_unit_test(an_app_that_only_refuses_starts_nothing),
    };
    return cmocka_run_group_tests_name("auth", tests, NULL, NULL);
}
