import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import minimist from 'minimist';
import meow from 'meow';
import rc from 'rc';
import convict from 'convict';

const { values } = parseArgs({
  options: { port: { type: 'string', short: 'p', default: process.env.PORT ?? '5001' }, host: { type: 'string' } },
});
createServer().listen(Number(values.port), values.host);

const argv = minimist(process.argv.slice(2), { string: ['host'], default: { port: 5002, host: '::1' } });
createServer().listen(argv.port, argv.host);

const cli = meow('usage', { importMeta: import.meta, flags: { listenPort: { type: 'number', default: 5003 } } });
createServer().listen(cli.flags.listenPort);

const settings = rc('options', { server: { port: 5004 } });
createServer().listen(settings.server.port);

const config = convict({
  http: {
    port: { format: 'port', default: 5005, env: 'HTTP_PORT', arg: 'port' },
    address: { format: 'ipaddress', default: '127.0.0.1' },
  },
});
config.loadFile('./local.json');
createServer().listen(config.get('http.port'), config.get('http').address);
const { http } = config.getProperties();
createServer().listen(http.port, http.address);
