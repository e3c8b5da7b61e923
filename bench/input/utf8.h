#pragma once

#include <stddef.h>
#include <stdint.h>

// UTF-8, strictly: overlong forms, surrogates and code points above U+10FFFF are not valid.

// Bytes of the code point at the start of text, 1 to 4, and the code point itself; 0: not valid
// UTF-8.
size_t utf8_read(const char *text, size_t left, uint32_t *code);

// Writes a code point, 1 to 4 bytes and no terminator; returns how many.
size_t utf8_write(char out[4], uint32_t code);

// Offset of the first byte that is not valid, or length when all are.
size_t utf8_valid_until(const char *text, size_t length);
