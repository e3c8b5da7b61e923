#pragma once

#include <math.h>

#include "bench/input/keys.h"

// How rows of keys say what a value is.

#define KEY_NO_LIMIT 4294967295.0
#define KEY_LONGEST 9e9 // seconds, as SECONDS_MAX of reader.h

// clang-format off
#define COUNT(least, most) {.kind = KEY_COUNT, .min = (least), .max = (most)}
#define NUMBER(least, most) {.kind = KEY_NUMBER, .min = (least), .max = (most)}
#define TIME(least, most) {.kind = KEY_TIME, .min = (least), .max = (most)}
#define DIST {.kind = KEY_DIST}
#define PLAIN_DIST {.kind = KEY_PLAIN_DIST}
#define FLAG {.kind = KEY_FLAG}
#define TEXT {.kind = KEY_TEXT}
#define TEXT_LIKE(regex, words) {.kind = KEY_TEXT, .pattern = (regex), .example = (words)}
#define CHOICE(names) {.kind = KEY_CHOICE, .words = (names)}
#define CHOICE_OF(function) {.kind = KEY_CHOICE, .list = (function)}
#define CHOICE_OF_OR(function, form) {.kind = KEY_CHOICE, .list = (function), .other = (form)}
#define CHOICE_AS(function, called) {.kind = KEY_CHOICE, .list = (function), .example = (called)}
#define OBJECT(keys) {.kind = KEY_OBJECT, .object = &(keys)}
#define OBJECT_OR(keys, form) {.kind = KEY_OBJECT, .object = &(keys), .other = (form)}
#define ANY {.kind = KEY_ANY}
#define POINT {.kind = KEY_POINT}

// Forms inside of forms: LIST(1, 16, FORM(OBJECT(keys_surge))).
#define FORM(...) (&(const struct key_form)__VA_ARGS__)
#define LIST(least, most, of) {.kind = KEY_LIST, .min = (least), .max = (most), .entry = (of)}
#define NAMES(called, of) {.kind = KEY_NAMES, .example = (called), .entry = (of)}
#define NAMES_LIKE(regex, called, of) \
    {.kind = KEY_NAMES, .pattern = (regex), .example = (called), .entry = (of)}

// A value that may have one form or another.
#define TIME_OR(least, most, form) \
    {.kind = KEY_TIME, .min = (least), .max = (most), .other = (form)}
#define COUNT_OR(least, most, form) \
    {.kind = KEY_COUNT, .min = (least), .max = (most), .other = (form)}
#define NUMBER_OR(least, most, form) \
    {.kind = KEY_NUMBER, .min = (least), .max = (most), .other = (form)}
#define TEXT_OR(form) {.kind = KEY_TEXT, .other = (form)}
#define DIST_OR(form) {.kind = KEY_DIST, .other = (form)}
#define CHOICE_OR(names, form) {.kind = KEY_CHOICE, .words = (names), .other = (form)}
// clang-format on
