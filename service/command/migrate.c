// meibo migrate
#include <stdio.h>

#include "command/command.h"
#include "store/migrate.h"

int command_migrate(const struct call *call)
{
    size_t operands;
    size_t applied = 0;
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = NULL;
    if (!command_options(call, NULL, 0, NULL, 0, &operands)) {
        return EXIT_USAGE;
    }
    enum err err = conn_open(call->settings, STORE_ADMIN, &conn, &fault);
    if (err == ERR_OK) {
        err = migrate(conn, &applied, &fault);
    }
    if (err != ERR_OK) {
        return command_failed("migrate", err, &fault);
    }
    (void)printf("%zu migration%s applied\n", applied, applied == 1 ? "" : "s");
    return EXIT_DONE;
}
