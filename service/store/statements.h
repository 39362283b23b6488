// The files of sql/queries as constants: statement_<name>. Generated names come from the Makefile's list of the folder
// (build/statements.c holds them by .incbin), so a file that is missing is a link error and a file nobody names here is
// caught by tools/check-arrows.
#ifndef MEIBO_STORE_STATEMENTS_H
#define MEIBO_STORE_STATEMENTS_H

#include "store/conn.h"

#define STATEMENT(name) extern const struct statement statement_##name
#include "store/statements.list" // one STATEMENT(name); a line, generated from the folder
#undef STATEMENT

#endif
