// The error vocabulary's two functions.
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

void err_say(struct fault *fault, const char *format, ...)
{
    if (fault == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
}

const char *err_name(enum err code)
{
    static const char *const names[] = {
        [ERR_OK] = "ok",
        [ERR_INVALID] = "invalid",
        [ERR_NOT_FOUND] = "not_found",
        [ERR_CONFLICT] = "conflict",
        [ERR_LIMIT] = "limit",
        [ERR_DENIED] = "denied",
        [ERR_UNAVAILABLE] = "unavailable",
        [ERR_UNCERTAIN] = "uncertain",
        [ERR_IO] = "io",
        [ERR_MEMORY] = "memory",
        [ERR_INTERNAL] = "internal",
    };
    if ((unsigned)code >= sizeof names / sizeof names[0]) {
        return "unknown";
    }
    return names[code];
}
