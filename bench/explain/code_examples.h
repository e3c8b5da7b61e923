#pragma once

// What brings a problem about: a whole file when the example begins with "{", keys of an app when
// it begins with a quote, else words.

const char *code_example(const char *code); // NULL: none
