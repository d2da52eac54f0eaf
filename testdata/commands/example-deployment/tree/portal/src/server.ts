import { createServer } from 'node:http';
import express from 'express';
import { config } from './config';

const app = express();

app.get('/healthz', (_request, response) => {
  response.sendStatus(204);
});

app.listen(config.port, config.host, () => {
  console.log(`portal on ${config.host}:${config.port}`);
});

// Prometheus scrapes this; it was meant to stay on the loopback interface.
createServer((_request, response) => response.end('up 1\n')).listen({ port: 9464, hostname: '127.0.0.1' });
