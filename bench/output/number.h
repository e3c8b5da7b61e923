#pragma once

// Numbers for people.  Files that programs read get json_number_text() instead, which reads back as
// the same double.  The decimal point is a point in every locale.
//
// A result comes by value, so that a call can stand among the arguments of a printf:
//
//   fprintf(out, "%s of %s", number_short(3.14159).text, number_duration(90).text);

struct number_text {
    char text[48];
};

// All of them say "n/a" for whatever is not finite.
struct number_text number_fixed(double value, int decimals); // 12,345.60
struct number_text number_short(double value);               // 4 digits: 0.01234, 12.34, 12,345
struct number_text number_duration(double seconds); // 12.3 ms, 41.2 s, 2m 5.0s, 1h 30m, 2d 4h
struct number_text number_usd(double usd);          // $0.0123, $12.35, $1,235
struct number_text number_percent(double ratio);    // 43.2 %; as many nines as there are: 99.9953 %
struct number_text number_nines(double ratio); // 99.9867 % (3.88 nines); below 0.9 a percentage

// How many decimals show `scale` with so many significant digits, at least 0 and at most 9: a mean
// is printed with the decimals of its interval's half-width.
int number_decimals(double scale, int significant);
