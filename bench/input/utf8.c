#include "bench/input/utf8.h"

// By the lead byte: how many bytes, which bits of it count, the smallest code point that needs so
// many.
static size_t shape(unsigned char lead, uint32_t *bits, uint32_t *least)
{
    static const struct {
        unsigned char mask, value;
        uint32_t least;
    } shapes[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if ((lead & shapes[i].mask) != shapes[i].value) continue;
        *bits = lead & (unsigned char)~shapes[i].mask;
        *least = shapes[i].least;
        return i + 1;
    }
    return 0;
}

size_t utf8_read(const char *text, size_t left, uint32_t *code)
{
    if (left == 0) return 0;
    uint32_t value = 0, least = 0;
    size_t length = shape((unsigned char)text[0], &value, &least);
    if (length == 0 || length > left) return 0;
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xC0) != 0x80) return 0;
        value = value << 6 | (byte & 0x3F);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
    *code = value;
    return length;
}

size_t utf8_write(char out[4], uint32_t code)
{
    static const unsigned char leads[] = {0x00, 0xC0, 0xE0, 0xF0};
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)(leads[length - 1] | code);
    return length;
}

size_t utf8_valid_until(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint32_t code;
        size_t step = utf8_read(text + at, length - at, &code);
        if (step == 0) return at;
        at += step;
    }
    return length;
}
