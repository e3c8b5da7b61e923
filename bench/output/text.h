#pragma once

#include <stddef.h>

// Names and sentences of users on their way out.  They may hold anything: bytes that are no UTF-8,
// line breaks, escape sequences that would drive a terminal, marks that turn the direction of
// writing around.

// For one line on a terminal or in a picture: at most `size - 1` bytes, whole characters only, "?"
// for everything that is not a visible character.  Returns buffer.
char *text_line(char *buffer, size_t size, const char *text);

// For a file that must be UTF-8: a copy with U+FFFD in place of each wrong byte, else unchanged.
// free() it.
char *text_utf8(const char *text);

size_t text_width(const char *text); // in characters
