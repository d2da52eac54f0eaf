const http = require('http');
const { Worker } = require('bullmq');

new Worker('shipments', async (job) => job.data, { connection: { url: process.env.REDIS_URL } });

// Liveness for the orchestrator.
http.createServer((request, response) => response.end('ok')).listen(':9100');
