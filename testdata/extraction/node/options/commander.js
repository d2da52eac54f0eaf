#!/usr/bin/env node
// Declared options with defaults: what the program listens on if nothing is given.
const http = require('http');
const { program, Option } = require('commander');

program
  .option('-p, --port <number>', 'port to listen on', parseInt, 8080)
  .option('-H, --bind-address <host>', 'address to listen on', '127.0.0.1')
  .option('--admin-port <number>', 'port of the admin interface')
  .addOption(new Option('--metrics-port <number>', 'port of the metrics').default(9100).env('METRICS_PORT'));

program.parse(process.argv);
const options = program.opts();

http.createServer().listen(options.port, options.bindAddress);
http.createServer().listen(options.metricsPort, 'localhost');
// Not given and without a default: `undefined`, a port of the system's choice.
http.createServer().listen(options.adminPort);

program
  .command('dev')
  .option('--dev-port <number>', 'port of the development server', '3001')
  .action((flags) => {
    http.createServer().listen(flags.devPort);
  });
