#pragma once

#include <stddef.h>
#include <stdio.h>

// A paragraph of the text report that is put together piece by piece, then wrapped.  It may hold
// texts of users: they are made harmless.
//
//   struct paragraph *p = paragraph_open();
//   fprintf(p->stream, "...");
//   paragraph_print(p, out);

struct paragraph {
    char *text;
    size_t size;
    FILE *stream;
};

struct paragraph *paragraph_open(void);
void paragraph_print(struct paragraph *paragraph, FILE *out); // and frees it; nothing when empty

// A paragraph that is one piece.
__attribute__((format(printf, 2, 3))) void paragraph_say(FILE *out, const char *format, ...);
