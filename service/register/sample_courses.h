// The sample register's operators and courses. A course is a template and a fiscal year (1 April to 31 March): its code
// is the template's stem, '-' and the year. Private to the sample register.
#ifndef MEIBO_REGISTER_SAMPLE_COURSES_H
#define MEIBO_REGISTER_SAMPLE_COURSES_H

#include "base/buf.h"
#include "register/sample_dice.h"
#include "register/types.h"

enum { COURSES_FIRST_YEAR = 2017 };

// The year in which the fiscal year of this day began.
int fiscal_year(day_t day);

// Appends every operator, and every course of every fiscal year from the first to the one of `today`, one JSON line
// each.
void sample_courses_write_operators(struct buf *out);
void sample_courses_write(struct buf *out, day_t today);

// The template of the year's course of a kind other than designated.
size_t sample_courses_fixed(enum course_kind kind);
// Draws one of the designated courses offered in a fiscal year; old and large institutions come up more often.
size_t sample_courses_draw_designated(struct dice *dice, int year);
// The code without "-YYYY". Static.
struct str sample_courses_stem(size_t template);

#endif
