#include "bench/output/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/input/utf8.h"

// C0, DEL, C1, separators of lines, and what changes the direction of the text around it.
static bool is_control(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},   {0x200B, 0x200F},
                  {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last) return true;
    return false;
}

// Bytes of the character at the start of text, 1 when it is wrong.
static size_t read(const char *text, uint32_t *code, bool *wrong)
{
    size_t length = utf8_read(text, strnlen(text, 4), code);
    *wrong = length == 0;
    return *wrong ? 1 : length;
}

char *text_line(char *buffer, size_t size, const char *text)
{
    size_t used = 0, length;
    for (; *text; text += length) {
        uint32_t code = 0;
        bool wrong;
        length = read(text, &code, &wrong);
        bool hide = wrong || is_control(code);
        size_t bytes = hide ? 1 : length;
        if (used + bytes >= size) break;
        memcpy(buffer + used, hide ? "?" : text, bytes);
        used += bytes;
    }
    buffer[used] = '\0';
    return buffer;
}

char *text_utf8(const char *text)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    char *copy = memory_new(3, strlen(text) + 1), *to = copy;
    for (size_t length; *text; text += length) {
        uint32_t code;
        bool wrong;
        length = read(text, &code, &wrong);
        size_t bytes = wrong ? sizeof replacement - 1 : length;
        memcpy(to, wrong ? replacement : text, bytes);
        to += bytes;
    }
    *to = '\0';
    return copy;
}

size_t text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}
