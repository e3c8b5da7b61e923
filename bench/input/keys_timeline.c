// Keys of what happens when: deploys and other events.

#include "bench/input/key_forms.h"
#include "bench/input/policies.h"
#include "models/config.h"

static const struct key event_rows[] = {
    {"at", KEY_REQUIRED, true, NULL, "when it happens, before the horizon (O1)",
     TIME(0, KEY_LONGEST)},
    {"deploy", KEY_ONE, false, NULL, "a new revision of an app (R1 to R3, R5)",
     OBJECT(keys_deploy)},
    {"scale", KEY_ONE, false, NULL, "settings of an app change at run time (A4)",
     OBJECT(keys_scale)},
    {"capacity", KEY_ONE, false, NULL, "a machine type's capacity changes (M3)",
     OBJECT(keys_capacity)},
    {"flush", KEY_ONE, false, NULL, "an app's queues are emptied (Q9)", OBJECT(keys_flush)},
    {"maintenance", KEY_ONE, false, NULL, "hosts of runners are taken down (P7)",
     OBJECT(keys_maintenance)},
    {"restart", KEY_ONE, false, NULL, "all runners of an app are replaced (R4)",
     OBJECT(keys_restart)},
    {"rollback", KEY_ONE, false, NULL, "an app goes back to an earlier revision (R7)",
     OBJECT(keys_rollback)},
    {"kill", KEY_ONE, false, NULL, "an ephemeral app's process ends (D1)", OBJECT(keys_kill)},
    {0},
};
const struct keys keys_event = {
    .id = "event", .what = "an event", .file = __FILE__, .rows = {event_rows}};

#define APP(does)                                                                                  \
    {                                                                                              \
        "app", KEY_REQUIRED, false, NULL, "name of the app " does, TEXT                            \
    }
static const struct key deploy_rows[] = {
    APP("that is deployed (R1)"),
    {"change", KEY_OPTIONAL, false, NULL,
     "keys of the app that the new revision changes; a distribution is replaced whole (R1)",
     OBJECT(keys_change)},
    {"reset_scale", KEY_OPTIONAL, false, "false",
     "take the scaling settings of the new revision, instead of those at run time (A4)", FLAG},
    {0},
};

#define AMOUNT                                                                                     \
    COUNT_OR(0, 1e5, FORM(TEXT_LIKE("^(100|[0-9]{1,2}([.][0-9]+)?)%$", "a share like \"25%\"")))
static const struct key rollout_rows[] = {
    {"strategy", KEY_OPTIONAL, false, "(by \"defaults\")", "how the app gets there (R1 to R5, R8)",
     CHOICE_OF(policies_rollout)},
    {"min_ready", KEY_OPTIONAL, false, "1",
     "ready runners of the new revision before the alias switches: rolling, blue_green, canary "
     "(R2)",
     COUNT(1, 1e5)},
    {"max_surge", KEY_OPTIONAL, false, "\"25%\"",
     "rolling_update: runners above the replicas, a number or a share (R5)", AMOUNT},
    {"max_unavailable", KEY_OPTIONAL, false, "\"25%\"",
     "rolling_update: ready runners that may be missing, a number or a share (R5)", AMOUNT},
    {"steps", KEY_OPTIONAL, false, NULL,
     "canary: shares of new requests that the new revision gets, one after the other (R5)",
     LIST(1, 100, FORM(OBJECT(keys_canary_step)))},
    {0},
};
const struct keys keys_deploy = {.id = "deploy",
                                 .what = "a deploy",
                                 .file = __FILE__,
                                 .rows = {deploy_rows, rollout_rows},
                                 .tables = {rollout_params}};

static const struct key canary_step_rows[] = {
    {"weight", KEY_REQUIRED, false, NULL, "share of new requests, percent (R5)",
     NUMBER(0.001, 100)},
    {"for", KEY_REQUIRED, true, NULL, "how long (R5)", TIME(0.001, KEY_LONGEST)},
    {0},
};
const struct keys keys_canary_step = {.id = "canary_step",
                                      .what = "a step of a canary",
                                      .file = __FILE__,
                                      .rows = {canary_step_rows}};

static const struct key rollback_rows[] = {
    APP("that goes back (R7)"),
    {"to", KEY_OPTIONAL, false, "(the one before)", "revision, \"1\" for the app's first (R7)",
     TEXT_LIKE("^[0-9]+$", "a number in quotes")},
    {"auth_mode", KEY_OPTIONAL, false, "(the revision's)", "who may call and who pays then (C3)",
     CHOICE(auth_mode_names)},
    {0},
};
const struct keys keys_rollback = {.id = "rollback",
                                   .what = "a rollback",
                                   .file = __FILE__,
                                   .rows = {rollback_rows, rollout_rows},
                                   .tables = {rollout_params}};

static const struct key restart_rows[] = {
    APP("whose runners are replaced (R4)"),
    {"force", KEY_OPTIONAL, false, "false", "kill all at once, with what they serve (R4)", FLAG},
    {0},
};
const struct keys keys_restart = {
    .id = "restart", .what = "a restart", .file = __FILE__, .rows = {restart_rows}};

static const struct key kill_rows[] = {APP("that ends; it must be ephemeral (D1)"), {0}};
const struct keys keys_kill = {
    .id = "kill", .what = "a kill", .file = __FILE__, .rows = {kill_rows}};

static const struct key scale_rows[] = {
    APP("whose settings change (A4)"),
    {"max_multiplexing", KEY_OPTIONAL, false, "(as before)",
     "requests that one runner serves at once, until the next deploy (A4)", COUNT(1, 1e4)},
    {"startup_timeout", KEY_OPTIONAL, true, "(as before)",
     "longest setup, until the next deploy (A4)", TIME(0.001, INFINITY)},
    {0},
};
const struct keys keys_scale = {.id = "scale",
                                .what = "a change of scaling settings",
                                .file = __FILE__,
                                .keeps = true,
                                .rows = {scale_rows},
                                .tables = {scaling_params}};

static const struct key flush_rows[] = {
    APP("whose waiting requests are dropped (Q9)"),
    {"caller", KEY_OPTIONAL, false, "(all)", "only those of this caller (Q9)", TEXT},
    {0},
};
const struct keys keys_flush = {
    .id = "flush", .what = "a flush", .file = __FILE__, .rows = {flush_rows}};

static const struct key capacity_rows[] = {
    {"machine_type", KEY_REQUIRED, false, NULL, "of this type (M3)", TEXT},
    {"region", KEY_OPTIONAL, false, NULL,
     "in this region; must be given for a type with capacity by region (M4)", TEXT},
    {"capacity", KEY_REQUIRED, false, NULL, "machines, or GPUs of GPU types, from now on (M3)",
     COUNT(0, KEY_NO_LIMIT)},
    {"evict", KEY_OPTIONAL, false, "false",
     "the youngest runners die until the rest fits; else nobody leaves for it (P7)", FLAG},
    {0},
};
const struct keys keys_capacity = {
    .id = "capacity", .what = "a change of capacity", .file = __FILE__, .rows = {capacity_rows}};

static const char *const all[] = {"all", NULL};
static const struct key maintenance_rows[] = {
    {"machine_type", KEY_REQUIRED, false, NULL, "of this type (P7)", TEXT},
    {"region", KEY_OPTIONAL, false, "(all)", "in this region (P7)", TEXT},
    {"runners", KEY_REQUIRED, false, NULL,
     "how many runners lose their host, the oldest first; or \"all\" (P7)",
     COUNT_OR(1, 1e6, FORM(CHOICE(all)))},
    {"notice", KEY_OPTIONAL, true, "\"0s\"",
     "from now, when they get no more requests, to SIGTERM (P7)", TIME(0, KEY_LONGEST)},
    {0},
};
const struct keys keys_maintenance = {
    .id = "maintenance", .what = "a maintenance", .file = __FILE__, .rows = {maintenance_rows}};
