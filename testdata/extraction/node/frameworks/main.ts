import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigService } from '@nestjs/config';
import { Transport } from '@nestjs/microservices';
import Fastify from 'fastify';
import Hapi from '@hapi/hapi';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Server as SocketServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import * as grpc from '@grpc/grpc-js';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import uWS from 'uWebSockets.js';
import { z } from 'zod';
import { AppModule } from './app.module';

const env = z.object({ GATEWAY_PORT: z.coerce.number().default(7000) }).parse(process.env);

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const config = app.get(ConfigService);
  app.connectMicroservice({ transport: Transport.TCP, options: { port: 3001 } });
  app.connectMicroservice({ transport: Transport.REDIS, options: { host: 'redis', port: 6379 } });
  await app.listen(config.get<number>('PORT', 3000));

  const fast = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
  await fast.listen(3002);

  const fastify = Fastify({ logger: true });
  await fastify.register(import('@fastify/cors'));
  await fastify.listen({ port: 3003 });
  await Fastify().listen({ port: 3004, host: '0.0.0.0' });

  const hapi = Hapi.server({ port: 3005, host: 'localhost' });
  await hapi.start();

  serve({ fetch: new Hono().fetch, port: 3006, hostname: '127.0.0.1' });
  new SocketServer(3007, { cors: {} });
  new WebSocketServer({ port: 3008 });
  new grpc.Server().bindAsync('0.0.0.0:50051', grpc.ServerCredentials.createInsecure(), () => {});
  await startStandaloneServer(new ApolloServer({}), { listen: { port: 4001 } });
  new PrometheusExporter({ port: 9464, host: '127.0.0.1' });
  uWS.App().get('/*', () => {}).listen('127.0.0.1', 9001, () => {});
  serve({ fetch: new Hono().fetch, port: env.GATEWAY_PORT });
}
bootstrap();
