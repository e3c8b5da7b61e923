#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/param.h"
#include "sim/arena.h"

// Every key of a scenario file, as data: what the reader may ask for, what `explain keys` prints
// and what the JSON schema allows.
//
// A `struct keys` is one kind of object, such as an app.  Its keys are rows: those of the model's
// own tables (models/config.h), which are read as they stand, and rows of struct key for what is
// read by hand.  Each object that the reader opens names its kind, and under test object.c ends the
// program when a key is asked for that has no row.  To add a key: a row in the keys_*.c that holds
// the kind, with its range, default, meaning and rule of DESIGN.md section 2; then read it.

enum key_kind {
    KEY_COUNT,      // a whole number; "unlimited" too where max is UINT32_MAX
    KEY_NUMBER,     // from min to max
    KEY_TIME,       // a duration, seconds from min to max; "never" too where max is infinite
    KEY_DIST,       // a distribution of times
    KEY_PLAIN_DIST, // a distribution of numbers
    KEY_FLAG,
    KEY_CHOICE, // one of words, or of what `list` returns
    KEY_TEXT,   // like `pattern`, a regular expression (POSIX extended and ECMA alike)
    KEY_OBJECT, // with the keys of `object`
    KEY_LIST,   // of min to max entries like `entry`
    KEY_NAMES,  // an object whose keys are names, like `pattern`, of entries like `entry`
    KEY_POINT,  // a pair of a probability and a time
    KEY_ANY,
};

struct key_form { // of a value
    enum key_kind kind;
    double min, max;
    const char *const *words; // KEY_CHOICE; ends with NULL
    const char *const *(*list)(struct arena *arena);
    const char *pattern, *example; // NULL: any text.  The example is in words
    const struct keys *object;
    const struct key_form *entry;
    const struct key_form *other; // another form that the value may have; NULL: none
    const struct param *param;    // where a default of a table stands; NULL: a row of struct key
};

enum key_need {
    KEY_OPTIONAL,
    KEY_REQUIRED,
    KEY_ONE, // exactly one of the keys of the object that say so
};

struct key {
    const char *name; // NULL ends a table
    enum key_need need;
    bool timed; // times: with "_s" at its end the key takes plain numbers of seconds
    const char
        *otherwise;   // the default as JSON, or in words between (); NULL: none, or the param's
    const char *help; // one sentence, with the unit and the rule
    struct key_form form;
};

struct keys {                  // of one kind of object
    const char *id;            // its name in the schema
    const char *what;          // "an app"
    const char *file;          // where the rows stand
    bool changes;              // all is optional, and null takes a value away (RFC 7396)
    bool keeps;                // what is not given stays as it was
    bool distribution;         // its keys are the arguments of dist_forms[]
    const struct key *rows[3]; // a row comes before a param of the same name
    const struct param *tables[3];
};

extern const struct keys keys_names; // of objects whose keys are names: none is asked for
// Kinds of objects.
extern const struct keys keys_scenario, keys_replications, keys_until, keys_expectation,
    keys_selection;
extern const struct keys keys_machine, keys_surge, keys_platform, keys_limits, keys_downtime,
    keys_caller;
extern const struct keys keys_app, keys_docker_pull, keys_ladder, keys_setup_step, keys_health;
extern const struct keys keys_response, keys_retry, keys_slowdown;
extern const struct keys keys_autoscaler, keys_plain_policy, keys_knative, keys_oracle;
extern const struct keys keys_source, keys_poisson, keys_piecewise, keys_rate_step,
    keys_closed_loop, keys_batch, keys_diurnal, keys_flash_crowd, keys_mmpp, keys_mmpp_state,
    keys_trace, keys_counts, keys_trace_service;
extern const struct keys keys_event, keys_deploy, keys_change, keys_change_docker_pull, keys_scale,
    keys_capacity, keys_flush, keys_maintenance, keys_restart, keys_rollback, keys_kill,
    keys_canary_step;
extern const struct keys keys_sweep, keys_axis, keys_axis_range, keys_axis_log, keys_choice;
extern const struct keys keys_plan, keys_minimise, keys_promise, keys_knob, keys_plan_replications;
extern const struct key keys_label_rows[]; // of metrics, in expectations and wherever one is named
extern const struct keys keys_arguments, keys_empirical, keys_quantiles, keys_hyperexponential,
    keys_mixture, keys_mixture_part;

// False: no such key.  `name` is without "_s".
bool keys_find(const struct keys *keys, const char *name, struct key *key);
// The keys one after the other, starting with *at = 0; false: no more.
bool keys_next(const struct keys *keys, size_t *at, struct key *key);

// The default as JSON, or in words between (); NULL: none.
enum { KEY_DEFAULT_TEXT = 64 };
const char *key_default(const struct key *key, char buffer[KEY_DEFAULT_TEXT]);

// All keys of a scenario, each with the path of its object ("/", "/apps/NAME", ...), parents first.
// Distributions are left out, and so is what a deploy changes, which is what an app has.
typedef void keys_visit(void *context, const char *path, const struct keys *keys,
                        const struct key *key);
void keys_walk(keys_visit *visit, void *context);

// The path of the first object that has such a key; NULL: none.  The text is in the arena.
const char *keys_home(struct arena *arena, const char *name);
