import { App } from './app';
import config, { metricsPort } from './config/index.js';

async function bootstrap() {
  const app = new App(config.server);
  await app.start();
  app.metrics(metricsPort);
}
bootstrap();
