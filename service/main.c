// meibo: publishes a register of professionals and takes reports of completed courses. This file is the table of
// subcommands; each has its own file under command/.
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/log.h"
#include "command/command.h"

static const struct {
    const char *name;
    int (*run)(const struct call *call);
    const char *usage; // operands and options
    const char *text;
    bool with_settings; // --help prints the whole table
    bool needs_secret;
} commands[] = {
    {"serve", command_serve, "", "Serves the register until SIGTERM or SIGINT, then lets requests in hand finish.",
     true, true},
    {"migrate", command_migrate, "", "Brings the database to this program's schema and makes its roles.", false, false},
    {"import", command_import,
     "register|courses|operators|completions FILE [--dry-run] [--encoding utf-8|shift_jis] [--allow-ended PERCENT]",
     "Makes the file (NDJSON or CSV; - is standard input) the current state, as one publication, or reports every "
     "broken\n"
     "line and changes nothing. Needs MEIBO_SECRET.\n"
     "  --dry-run               say what would change, and change nothing\n"
     "  --encoding ENCODING     utf-8 (default) or shift_jis\n"
     "  --allow-ended PERCENT   how much of what is current may end by being absent; default 1",
     false, true},
    {"sample", command_sample, "DIR [--registrants N] [--seed S]",
     "Writes operators, courses, register and completions of a made-up register into DIR, for import.\n"
     "  --registrants N   people, default 24000\n"
     "  --seed S          the same seed gives the same files on the same day, default 1",
     false, false},
    {"operator", command_operator,
     "add CODE --name NAME [--name-en NAME] [--domain DOMAIN] | list | token CODE [--expires YYYY-MM-DD] | revoke "
     "KEY_ID",
     "Names course operators, and issues and revokes the tokens they report with. `token` prints the token, once.",
     false, false},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void print_usage(const char *before, size_t command)
{
    const char *usage = commands[command].usage;
    (void)printf("%smeibo %s%s%s\n", before, commands[command].name, usage[0] == '\0' ? "" : " ", usage);
}

static void print_help(void)
{
    (void)printf("meibo %s: publishes a register of professionals\n\n", MEIBO_VERSION);
    for (size_t i = 0; i < COMMANDS; i++) {
        print_usage("  ", i);
    }
    (void)printf("\nmeibo COMMAND --help tells more; the settings are in meibo serve --help.\n");
}

static void print_command_help(size_t command)
{
    BUF_AUTO struct buf settings;
    buf_init(&settings, 65536);
    print_usage("usage: ", command);
    (void)printf("\n%s\n", commands[command].text);
    (void)printf(
        "\nExit status: 0 done, 1 failed, 2 the call is wrong, 3 the input was refused, 4 the outcome is uncertain.\n");
    if (commands[command].with_settings) {
        settings_help(&settings);
        (void)printf("\nSettings, by flag or environment (the flag wins):\n%.*s", (int)settings.n, settings.p);
    } else {
        (void)printf("Settings (MEIBO_DATABASE ...): meibo serve --help.\n");
    }
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int run(size_t command, int argc, char **argv)
{
    struct settings settings;
    struct fault fault = {{0}};
    enum log_level level = LOG_INFO;
    BUF_AUTO struct buf mistakes;
    buf_init(&mistakes, 65536);
    if (asks_for_help(argc, argv)) {
        print_command_help(command);
        return EXIT_DONE;
    }
    settings_read(&settings, &argc, argv, &mistakes);
    if (commands[command].needs_secret) {
        settings_require_secret(&settings, &mistakes);
    }
    if (digest_setup(&fault) != ERR_OK) {
        return command_failed(argv[0], ERR_INTERNAL, &fault);
    }
    (void)log_level_parse(str_of(settings.log_level), &level);
    log_set_level(level);
    struct call call = {&settings, &mistakes, commands[command].name, argc, argv};
    int status = commands[command].run(&call);
    if (mistakes.n > 0) {
        (void)fprintf(stderr, "%.*s", (int)mistakes.n, mistakes.p);
    }
    return status;
}

int main(int argc, char **argv)
{
    (void)signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; argc > 1 && i < COMMANDS; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            return run(i, argc - 1, argv + 1);
        }
    }
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        (void)printf("meibo %s\n", MEIBO_VERSION);
        return EXIT_DONE;
    }
    if (argc > 1 && (strcmp(argv[1], "help") == 0 || asks_for_help(argc, argv))) {
        print_help();
        return EXIT_DONE;
    }
    (void)fprintf(stderr, "meibo: %s%s%s; meibo --help lists them\n",
                  argc > 1 ? "there is no command \"" : "name a command", argc > 1 ? argv[1] : "",
                  argc > 1 ? "\"" : "");
    return EXIT_USAGE;
}
