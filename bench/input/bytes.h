#pragma once

#include <stdbool.h>
#include <stddef.h>

// The bytes of a file one after the other, plain or gzip, in constant memory, with their places.

enum { BYTES_BUFFER = 64 << 10, NO_BYTE = -1 };

struct bytes {
    void *file; // gzFile
    unsigned char buffer[BYTES_BUFFER];
    size_t at, filled;
    bool failed;           // the data are damaged, or cannot be read any more
    unsigned line, column; // of the next byte, from 1; columns count code points
};

bool bytes_open(struct bytes *bytes, const char *path); // regular files only; false: errno says why
void bytes_close(struct bytes *bytes);
void bytes_rewind(struct bytes *bytes);
void bytes_refill(struct bytes *bytes);
void bytes_skip_mark(struct bytes *bytes); // a byte order mark at the start

static inline int bytes_peek(struct bytes *bytes)
{
    if (bytes->at == bytes->filled) bytes_refill(bytes);
    return bytes->at < bytes->filled ? bytes->buffer[bytes->at] : NO_BYTE;
}

static inline int bytes_take(struct bytes *bytes)
{
    int byte = bytes_peek(bytes);
    if (byte == NO_BYTE) return byte;
    bytes->at++;
    if (byte == '\n') {
        bytes->line++;
        bytes->column = 1;
    } else if ((byte & 0xC0) != 0x80) {
        bytes->column++;
    }
    return byte;
}

static inline bool bytes_accept(struct bytes *bytes, int byte)
{
    if (bytes_peek(bytes) != byte) return false;
    bytes_take(bytes);
    return true;
}
