import express, { type Express } from 'express';
import * as http from 'http';
import type { Settings } from './config/index.js';

export class App {
  private readonly express: Express = express();
  private server?: http.Server;

  constructor(private readonly settings: Settings) {}

  async start(): Promise<void> {
    this.server = http.createServer(this.express);
    await new Promise<void>((resolve) => {
      this.server!.listen(this.settings.port, this.settings.host, () => resolve());
    });
  }

  // bindlint: ignore[public-metrics] -- behind the firewall
  metrics(port: number) {
    express().listen(port, defaults.host);
  }
}

const defaults = { host: '10.0.0.7' };
