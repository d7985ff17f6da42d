/* serve.h - the service from the command line, until it is asked to stop. */
#ifndef TL_CLI_SERVE_H
#define TL_CLI_SERVE_H

#include "cli/cli.h"
#include "server/config.h"

/* Serves until SIGINT or SIGTERM; says where on stderr. The exit code of the program. */
int tl_cli_serve(const tl_cli *cli, tl_server_config *c);

#endif
