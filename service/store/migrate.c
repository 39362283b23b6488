// Migrations: see migrate.h.
#include "store/migrate.h"

#include <string.h>

#include "base/digest.h"
#include "store/statements.h"

// Any number that nobody else takes: the bytes of "meibo" as an advisory lock's key.
static const char LOCK[] = "select pg_catalog.pg_advisory_lock(469803098223)";
static const char UNLOCK[] = "select pg_catalog.pg_advisory_unlock(469803098223)";

// Roles belong to the whole cluster, so another database's migration may make them at the same moment.
static const char PREPARE[] =
    "do $$\n"
    "declare role_name text;\n"
    "begin\n"
    "  foreach role_name in array array['meibo_owner', 'meibo_publisher', 'meibo_intake', 'meibo_reader'] loop\n"
    "    if not exists (select from pg_catalog.pg_roles where rolname = role_name) then\n"
    "      begin\n"
    "        execute format('create role %I %s', role_name,\n"
    "                       case role_name when 'meibo_owner' then 'nologin' else 'login' end);\n"
    "      exception when duplicate_object or unique_violation then null;\n"
    "      end;\n"
    "    end if;\n"
    "  end loop;\n"
    "  if not pg_catalog.pg_has_role(current_user, 'meibo_owner', 'member') then\n"
    "    execute format('grant meibo_owner to %I', current_user);\n"
    "  end if;\n"
    "  execute format('revoke all on database %I from public', current_database());\n"
    "  execute format('grant connect on database %I to meibo_publisher, meibo_intake, meibo_reader', "
    "current_database());\n"
    "  execute format('grant temporary on database %I to meibo_publisher', current_database());\n"
    "end $$;\n"
    "create schema if not exists meibo authorization meibo_owner;\n"
    "set role meibo_owner;\n"
    "create table if not exists meibo.migration (\n"
    "  name text not null primary key, sha256 text not null, applied_at timestamptz not null default "
    "clock_timestamp());\n"
    "grant usage on schema meibo to meibo_publisher, meibo_intake, meibo_reader;\n"
    "grant select on meibo.migration to meibo_publisher, meibo_intake, meibo_reader;\n"
    "reset role";

static void checksum(const struct migration *migration, char out[2 * DIGEST_BYTES + 1])
{
    struct digest digest = digest_sha256(str_of(migration->sql));
    digest_hex(&digest, out);
    out[2 * DIGEST_BYTES] = '\0';
}

// What the database has applied must be the beginning of our list, unchanged.
static enum err compare(const struct rows *rows, const struct migration *list, size_t count, struct fault *fault)
{
    for (size_t i = 0; i < rows_count(rows); i++) {
        struct str name = rows_text(rows, i, 0);
        char sum[2 * DIGEST_BYTES + 1];
        if (i >= count || !str_equal(name, str_of(list[i].name))) {
            return err_set(fault, ERR_CONFLICT,
                           "the database knows migration %.*s, which this program does not have there", (int)name.n,
                           name.p);
        }
        checksum(&list[i], sum);
        if (!str_equal(rows_text(rows, i, 1), str_of(sum))) {
            return err_set(fault, ERR_CONFLICT, "migration %s was changed after it was applied", list[i].name);
        }
    }
    return ERR_OK;
}

static enum err apply(struct conn *conn, const struct migration *migration, struct fault *fault)
{
    char sum[2 * DIGEST_BYTES + 1];
    struct param params[] = {{migration->name}, {sum}};
    checksum(migration, sum);
    enum err err = conn_begin(conn, fault);
    if (err == ERR_OK) {
        err = conn_script(conn, "set local role meibo_owner", fault);
    }
    if (err == ERR_OK) {
        err = conn_script(conn, migration->sql, fault);
    }
    if (err == ERR_OK) {
        err = conn_run(conn, &statement_migration_insert, params, 2, NULL, fault);
    }
    if (err == ERR_OK) {
        err = conn_commit(conn, fault);
    }
    if (err != ERR_OK) {
        conn_rollback(conn);
    }
    return err;
}

static enum err apply_missing(struct conn *conn, const struct migration *list, size_t count, size_t *applied,
                              struct fault *fault)
{
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(conn, &statement_migration_list, NULL, 0, &rows, fault);
    if (err == ERR_OK) {
        err = compare(rows, list, count, fault);
    }
    for (size_t i = err == ERR_OK ? rows_count(rows) : count; err == ERR_OK && i < count; i++) {
        err = apply(conn, &list[i], fault);
        *applied += err == ERR_OK ? 1 : 0;
    }
    return err;
}

enum err migrate_list(struct conn *conn, const struct migration *list, size_t count, size_t *applied,
                      struct fault *fault)
{
    *applied = 0;
    enum err err = conn_script(conn, LOCK, fault);
    if (err != ERR_OK) {
        return err;
    }
    err = conn_script(conn, PREPARE, fault);
    if (err == ERR_OK) {
        err = apply_missing(conn, list, count, applied, fault);
    }
    enum err unlocked = conn_is_usable(conn) ? conn_script(conn, UNLOCK, NULL) : ERR_OK;
    return err == ERR_OK ? unlocked : err;
}

enum err migrate(struct conn *conn, size_t *applied, struct fault *fault)
{
    size_t count;
    const struct migration *list = migrations_get(&count);
    return migrate_list(conn, list, count, applied, fault);
}

enum err migrate_check(struct conn *conn, struct fault *fault)
{
    size_t count;
    const struct migration *list = migrations_get(&count);
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(conn, &statement_migration_list, NULL, 0, &rows, fault);
    if (err == ERR_INTERNAL) { // no such schema or table
        return err_set(fault, ERR_CONFLICT, "the database has no meibo schema yet: run `meibo migrate`");
    }
    if (err == ERR_OK) {
        err = compare(rows, list, count, fault);
    }
    if (err == ERR_OK && rows_count(rows) < count) {
        return err_set(fault, ERR_CONFLICT, "%zu migrations are not applied yet: run `meibo migrate`",
                       count - rows_count(rows));
    }
    return err;
}
