// Keys of an app: those that a deploy may change, and those of the app as a whole.

#include "bench/input/key_forms.h"
#include "bench/input/policies.h"
#include "models/config.h"

static const char *const conditions[] = {"server_error", "timeout", "connection_error", NULL};
static const char *const slowdowns[] = {"none", "processor_sharing", NULL};

static const struct key revision_rows[] = {
    {"machine_type", KEY_OPTIONAL, false, "\"S\"",
     "machine type, or a list of up to 8 tried in this order (M2)",
     TEXT_OR(FORM(LIST(1, 8, FORM(TEXT))))},
    {"valid_regions", KEY_OPTIONAL, false, "(all)",
     "regions where runners may start, in order of preference (M4)", LIST(1, 15, FORM(TEXT))},
    {"setup", KEY_OPTIONAL, true, "\"0s\"",
     "time of setup(), billed: state SETUP; or a ladder of steps (P2, P3)",
     DIST_OR(FORM(OBJECT(keys_ladder)))},
    {"health_check", KEY_OPTIONAL, false, "(none)", "checks of ready runners (P7)",
     OBJECT(keys_health)},
    {"responses", KEY_OPTIONAL, false, NULL,
     "what else than 200 an attempt ends with: a status from 400 to 599 or \"crash\", and its "
     "probability (Q3)",
     NAMES_LIKE("^(crash|[45][0-9][0-9])$", "STATUS",
                FORM(NUMBER_OR(0, 1, FORM(OBJECT(keys_response)))))},
    {"retry", KEY_OPTIONAL, false, NULL, "retry budgets by condition (Q3)", OBJECT(keys_retry)},
    {"skip_retry_conditions", KEY_OPTIONAL, false, NULL, "conditions whose retry budget is 0 (Q3)",
     LIST(0, INFINITY, FORM(CHOICE(conditions)))},
    {"slowdown", KEY_OPTIONAL, false, "\"none\"",
     "how much longer requests take that share a runner (Q7)",
     CHOICE_OR(slowdowns, FORM(OBJECT(keys_slowdown)))},
    {0},
};
#define PULL "pulling the image, not billed: state DOCKER_PULL (P1, P3)"
static const struct key pull_row[] = {
    {"docker_pull", KEY_OPTIONAL, false, "(the image is always cached)", PULL,
     OBJECT(keys_docker_pull)},
    {0},
};
static const struct key app_rows[] = {
    {"autoscaler", KEY_OPTIONAL, false, "\"fal\"", "policy that says how many runners (A1, A3)",
     CHOICE_OF_OR(policies_autoscaler, FORM(OBJECT(keys_autoscaler)))},
    {"dispatch", KEY_OPTIONAL, false, "\"round_robin\"",
     "which runner with a free slot gets the next request (Q8)", CHOICE_OF(policies_dispatch)},
    {"endpoints", KEY_OPTIONAL, false, "[\"/\"]",
     "paths of the app, each with a queue of its own, one set of runners (Q1)",
     LIST(1, 100, FORM(TEXT_LIKE("^/", "a path")))},
    {"traffic", KEY_OPTIONAL, false, NULL, "sources of requests (T1)",
     LIST(0, 10000, FORM(OBJECT(keys_source)))},
    {0},
};
const struct keys keys_app = {.id = "app",
                              .what = "an app",
                              .file = __FILE__,
                              .rows = {app_rows, revision_rows, pull_row},
                              .tables = {scaling_params, revision_params, app_params}};

static const struct key autoscaler_rows[] = {
    {"fal", KEY_ONE, false, NULL, "the platform's own (A1)", OBJECT(keys_plain_policy)},
    {"fixed", KEY_ONE, false, NULL, "always max_concurrency runners (A3)",
     OBJECT(keys_plain_policy)},
    {"lambda", KEY_ONE, false, NULL, "one request, one runner (A3)", OBJECT(keys_plain_policy)},
    {"knative", KEY_ONE, false, NULL, "Knative's, from mean concurrency over windows (A3)",
     OBJECT(keys_knative)},
    {"oracle", KEY_ONE, false, NULL, "knows the future: what scaling could cost at best (A3)",
     OBJECT(keys_oracle)},
    {0},
};
const struct keys keys_autoscaler = {.id = "autoscaler",
                                     .what = "an autoscaler with keys of its own",
                                     .file = __FILE__,
                                     .rows = {autoscaler_rows}};
const struct keys keys_plain_policy = {
    .id = "plain_policy", .what = "an autoscaler without keys", .file = __FILE__};
const struct keys keys_knative = {
    .id = "knative", .what = "Knative's autoscaler", .file = __FILE__, .tables = {knative_params}};
const struct keys keys_oracle = {
    .id = "oracle", .what = "the oracle", .file = __FILE__, .tables = {oracle_params}};

// What a deploy may change is merged into the app.
static const struct key change_pull_row[] = {
    {"docker_pull", KEY_OPTIONAL, false, NULL, PULL, OBJECT(keys_change_docker_pull)},
    {0},
};
const struct keys keys_change = {.id = "change",
                                 .what = "what a deploy changes",
                                 .file = __FILE__,
                                 .changes = true,
                                 .keeps = true,
                                 .rows = {revision_rows, change_pull_row},
                                 .tables = {scaling_params, revision_params}};

static const struct key docker_pull_rows[] = {
    {"time", KEY_REQUIRED, true, NULL, "time of a pull (P3)", DIST},
    {"cached", KEY_OPTIONAL, false, "0", "probability that the node has the image (P3)",
     NUMBER(0, 1)},
    {"nodes", KEY_OPTIONAL, false, "(\"cached\" holds)",
     "nodes that runners land on and that remember the image, instead of \"cached\" (P3)",
     COUNT(1, 4096)},
    {0},
};
const struct keys keys_docker_pull = {
    .id = "docker_pull", .what = "docker_pull", .file = __FILE__, .rows = {docker_pull_rows}};
const struct keys keys_change_docker_pull = {.id = "change_docker_pull",
                                             .what = "what a deploy changes of docker_pull",
                                             .file = __FILE__,
                                             .changes = true,
                                             .keeps = true,
                                             .rows = {docker_pull_rows}};

static const struct key ladder_rows[] = {
    {"ladder", KEY_REQUIRED, false, NULL, "steps of setup(), whose times add up (P3)",
     LIST(1, 16, FORM(OBJECT(keys_setup_step)))},
    {0},
};
const struct keys keys_ladder = {
    .id = "ladder", .what = "a ladder of setup()", .file = __FILE__, .rows = {ladder_rows}};

static const struct key setup_step_rows[] = {
    {"step", KEY_REQUIRED, false, NULL, "its name, once in a ladder (P3)", TEXT},
    {"time", KEY_ONE, true, NULL, "what it takes (P3)", DIST},
    {"size_gb", KEY_ONE, false, NULL,
     "what it reads instead, GB; takes size over bandwidth of the tier (P3)", NUMBER(1e-6, 1e6)},
    {"tier", KEY_OPTIONAL, false, NULL, "where it reads: a name of /platform/tiers (P3)", TEXT},
    {0},
};
const struct keys keys_setup_step = {
    .id = "setup_step", .what = "a step of setup()", .file = __FILE__, .rows = {setup_step_rows}};

const struct keys keys_health = {
    .id = "health_check", .what = "health checks", .file = __FILE__, .tables = {health_params}};

static const struct key response_rows[] = {
    {"probability", KEY_REQUIRED, false, NULL, "share of the attempts that end so (Q3)",
     NUMBER(0, 1)},
    {"needs_retry", KEY_OPTIONAL, false, "(by status)",
     "header X-Fal-Needs-Retry: whether the request is retried; on 5xx and 429 (Q3)", FLAG},
    {"stop_runner", KEY_OPTIONAL, false, "(by status)",
     "header x-fal-stop-runner: whether the runner is stopped (Q3)", FLAG},
    {0},
};
const struct keys keys_response = {
    .id = "response", .what = "a response", .file = __FILE__, .rows = {response_rows}};

const struct keys keys_retry = {
    .id = "retry", .what = "retry budgets", .file = __FILE__, .tables = {retry_params}};

static const struct key slowdown_rows[] = {
    {"factor", KEY_ONE, false, NULL,
     "k requests at once take 1 + factor (k - 1) times as long (Q7)", NUMBER(0, 1e6)},
    {"table", KEY_ONE, false, NULL,
     "how many times as long 1, 2, ... requests at once take; the first is 1 (Q7)",
     LIST(1, 10000, FORM(NUMBER(1, 1e6)))},
    {0},
};
const struct keys keys_slowdown = {
    .id = "slowdown", .what = "a slowdown", .file = __FILE__, .rows = {slowdown_rows}};
