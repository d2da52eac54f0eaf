import defaults from './defaults.json';

export interface Settings { port: number; host: string }

export const metricsPort = 9100;

export default {
  server: { port: Number(process.env.PORT) || defaults.port, host: defaults.host } satisfies Settings,
};
