import { defineConfig, mergeConfig } from 'vite';
import shared from '../config/shared';

export default mergeConfig(shared, defineConfig({ server: { host: '127.0.0.1', port: 3000 } }));
