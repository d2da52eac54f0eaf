import { defineConfig } from 'vite';

export default defineConfig(({ mode }) => ({
  server: { host: true, port: 5174, proxy: { '/api': 'http://localhost:3000' } },
  preview: { port: 4174 },
}));
