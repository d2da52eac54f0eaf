import express from 'express';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';

const argv = yargs(hideBin(process.argv))
  .option('http-port', { alias: 'p', type: 'number', default: 4000 })
  .options({ host: { type: 'string', default: '0.0.0.0' } })
  .parseSync();

const app = express();
app.listen(argv.httpPort, argv.host);
app.listen(argv['http-port']);

export const command = 'serve';
export const builder = { port: { describe: 'port to serve on', default: 4100 } };
export const handler = (args) => {
  express().listen(args.port, () => console.log('ready'));
};
