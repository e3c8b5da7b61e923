#include "models/image.c"

#include "tests/kit_log.h"

// Nodes that remember; a pull takes 20 s, requests 5 s, runners stop with their request.
static struct kit app_on_nodes(uint32_t nodes)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    struct revision_config *r = kit_first(&kit, app);
    r->image_nodes = nodes;
    r->docker_pull = dist_constant(20);
    kit_scaling(&kit, app)->keep_alive = 0;
    return kit;
}

static void expect_pulls(struct kit *kit, const char *wanted)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_times(&log, "runner", "DOCKER_PULL"), wanted);
    kit_log_free(&log);
    kit_free(kit);
}

// P3: the image is cached on a node once it was pulled there, and a start prefers that node: of ten
// nodes, one pulls.
static void a_start_prefers_a_node_that_holds_the_image(void **state)
{
    (void)state;
    struct kit kit = app_on_nodes(10);
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, 100 * i, 5);
    expect_pulls(&kit, "0");
}

// P3: two at once are on two nodes, so both pull; later both nodes are warm, a third runner needs a
// third node.
static void runners_at_once_take_nodes_of_their_own(void **state)
{
    (void)state;
    struct kit kit = app_on_nodes(10);
    kit_scaling(&kit, 0)->max_concurrency = 3;
    kit_call(&kit, 0, 0, 5);
    kit_call(&kit, 0, 1, 5);
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 100, 5);
    expect_pulls(&kit, "0 1 100");
}

// P3: that a taken node holds the image does not make it as good as a free one: the second runner
// pulls, whatever is drawn (a draw between the two nodes would pass with probability 2^-20).
static void a_free_node_is_better_than_one_that_is_taken(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct kit kit = app_on_nodes(2);
        kit_call(&kit, 0, 0, 100);
        kit_call(&kit, 0, 50, 5);
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, seed, 0);
        assert_string_equal(kit_times(&log, "runner", "DOCKER_PULL"), "0 50");
        kit_log_free(&log);
        kit_free(&kit);
    }
}

// P3: with one node all runners share it: the second one finds what the first one has pulled.
static void a_taken_node_is_shared_when_there_is_no_other(void **state)
{
    (void)state;
    struct kit kit = app_on_nodes(1);
    kit_call(&kit, 0, 0, 50);
    kit_call(&kit, 0, 30, 5);
    expect_pulls(&kit, "0");
}

// P3: a start that comes while the only node is still pulling pulls too.
static void the_image_is_there_from_the_end_of_the_pull_on(void **state)
{
    (void)state;
    struct kit kit = app_on_nodes(1);
    kit_call(&kit, 0, 0, 50);
    kit_call(&kit, 0, 10, 5);
    expect_pulls(&kit, "0 10");
}

// P3: the runner leaves at 25; after 60 s the image is still there, later than that it is not.
static void a_node_forgets_after_the_cache_lifetime(void **state)
{
    (void)state;
    struct kit kit = app_on_nodes(1);
    kit_first(&kit, 0)->cache_lifetime = sim_from_seconds(60);
    kit_call(&kit, 0, 0, 5);
    kit_call(&kit, 0, 85, 5); // leaves at 90
    kit_call(&kit, 0, 151, 5);
    expect_pulls(&kit, "0 151");
}

// P3: every revision has an image of its own.
static void a_new_revision_is_pulled_anew(void **state)
{
    (void)state;
    struct kit kit = app_on_nodes(1);
    kit_deploy(&kit, 0, 50, "recreate");
    kit_call(&kit, 0, 0, 5);
    kit_call(&kit, 0, 100, 5);
    expect_pulls(&kit, "0 100");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_start_prefers_a_node_that_holds_the_image),
        cmocka_unit_test(runners_at_once_take_nodes_of_their_own),
        cmocka_unit_test(a_free_node_is_better_than_one_that_is_taken),
        cmocka_unit_test(a_taken_node_is_shared_when_there_is_no_other),
        cmocka_unit_test(the_image_is_there_from_the_end_of_the_pull_on),
        cmocka_unit_test(a_node_forgets_after_the_cache_lifetime),
        cmocka_unit_test(a_new_revision_is_pulled_anew),
    };
    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
