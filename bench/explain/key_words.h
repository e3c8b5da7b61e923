#pragma once

#include "bench/explain/sheet.h"
#include "bench/input/keys.h"

// What a value may be, in the words of the messages about wrong ones.

const char *key_words(struct sheet *sheet, const struct key_form *form);
