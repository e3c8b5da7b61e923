#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bench/explain/sheet.h"

// The topics of `warmpool explain`: each fills a sheet from the tables that the code runs on.

struct topic {
    const char *name; // NULL ends the table
    const char *singular;
    const char *about; // one sentence, heads the list
    bool blocks;       // how the list is printed, see sheet.h
    void (*fill)(struct sheet *sheet);
};

void topic_states(struct sheet *sheet);
void topic_stops(struct sheet *sheet);
void topic_responses(struct sheet *sheet);
void topic_outcomes(struct sheet *sheet);
void topic_policies(struct sheet *sheet);
void topic_machines(struct sheet *sheet);
void topic_distributions(struct sheet *sheet);
void topic_rules(struct sheet *sheet);
void topic_metrics(struct sheet *sheet);
void topic_labels(struct sheet *sheet);
void topic_keys(struct sheet *sheet);
void topic_codes(struct sheet *sheet);

struct explain {
    FILE *out, *errors;
    bool json;
    const struct topic *topics; // ends with a NULL name
};

void explain_topics(const struct explain *explain); // the list of them
// All of a topic.  False: no such topic, said on `errors`.
bool explain_topic(const struct explain *explain, const char *topic);
// The entries of that name, of one topic or (NULL) of all.  False: none, said on `errors`.
bool explain_entry(const struct explain *explain, const char *topic, const char *entry);
bool explain_is_topic(const struct explain *explain, const char *name);
