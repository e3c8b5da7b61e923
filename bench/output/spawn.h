#pragma once

#include <stddef.h>

// Runs another program and waits for it: without a shell, reading nothing, its standard output
// thrown away, its messages caught, with a few harmless variables of our environment (PATH, HOME,
// fonts) and LC_ALL=C.

enum spawn_end {
    SPAWN_DONE,    // exit code 0
    SPAWN_MISSING, // there is no such program
    SPAWN_FAILED,  // any other exit code, or it could not be started
    SPAWN_TIMEOUT, // it was killed
};

struct spawn_message {
    char
        text[400]; // the end of what the program wrote to its standard error, or why it did not run
};

// argv[0] is looked up in PATH; NULL ends argv.
enum spawn_end spawn_run(const char *const argv[], int timeout_ms, struct spawn_message *message);
