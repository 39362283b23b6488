// Brings a database to this program's schema: sql/migrations, embedded, forward only, each in its own transaction under
// one advisory lock. Applied files are remembered with their SHA-256; a file that changed after it was applied is
// refused, and so is a database that knows migrations this program does not.
#ifndef MEIBO_STORE_MIGRATE_H
#define MEIBO_STORE_MIGRATE_H

#include "store/conn.h"

struct migration {
    const char *name; // "0001_register"
    const char *sql;
};

// Makes the four roles if missing (needs CREATEROLE), then applies what is not applied. `*applied` = how many.
// ERR_CONFLICT: a changed or unknown old migration, named. Nothing of a failing migration stays.
enum err migrate(struct conn *conn, size_t *applied, struct fault *fault) MUST_CHECK;
// ERR_CONFLICT unless the database is exactly at this program's schema; what `serve` asks first. Any role.
enum err migrate_check(struct conn *conn, struct fault *fault) MUST_CHECK;

// The migrations inside the program, in order; for tests.
const struct migration *migrations_get(size_t *count);
// The same on a given list: for tests.
enum err migrate_list(struct conn *conn, const struct migration *list, size_t count, size_t *applied,
                      struct fault *fault) MUST_CHECK;

#endif
