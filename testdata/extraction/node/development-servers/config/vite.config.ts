import { defineConfig } from 'vite';

// The script says the host, this file the port.
export default defineConfig(({ mode }) => ({ server: { port: 5000 }, plugins: [] }));
