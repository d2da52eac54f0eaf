import http from 'http';
import path from 'path';
import { promisify } from 'util';
import fs from 'fs';
import config from 'config';
import { NestFactory } from '@nestjs/core';
import { ConfigService } from '@nestjs/config';
import defaults from '@settings/defaults';
import nconf from '@settings/store';

http.createServer().listen(config.get('server.port'), config.get('server.host'));
http.createServer().listen(config.metrics.port);

http.createServer().listen(defaults.port);
http.createServer().listen(defaults.tls.port, defaults.tls.host);
http.createServer().listen(defaults.admin);

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const service = app.get(ConfigService);
  await app.listen(service.get('app.port'), service.get('app').address);
}

http.createServer().listen(nconf.get('web:port'), nconf.get('BIND'));

const local = require(path.join(__dirname, '..', 'ports.json'));
const server = http.createServer();
server.listen.apply(server, [local.web, '::1']);
await promisify(server.listen.bind(server))(local.api);

const read = JSON.parse(fs.readFileSync(path.resolve('ports.json'), 'utf8'));
http.createServer().listen({ ...read.options, exclusive: true });

const url = new URL(process.env.LISTEN_URL ?? 'http://127.0.0.1:6040');
http.createServer().listen(Number(url.port), url.hostname);

const [host, port] = (process.env.LISTEN || '127.0.0.1:6041').split(':');
http.createServer().listen(Number(port), host);

const wanted = [process.env.PORT_A, process.env.PORT_B, 6042].map((value) => parseInt(value)).find((value) => !isNaN(value));
http.createServer().listen(wanted);
