const http = require('http');
const https = require('node:https');
const net = require('net');
const express = require('express');
const Koa = require('koa');

const PORT = process.env.PORT || 3000;
const app = express();
app.use(express.json()).listen(PORT, () => console.log(`up on ${PORT}`));

http.createServer(app).listen(8080, '127.0.0.1');
const secure = https.createServer({}, app);
secure.on('error', console.error);
secure.listen({ port: 8443, host: '0.0.0.0' });

new Koa().use(async (ctx) => { ctx.body = 'x'; }).listen(process.env.KOA_PORT ?? 4000);
net.createServer((socket) => socket.end()).listen('/run/app/app.sock');
net.createServer().listen();
http.createServer(app).listen(+process.env.ADMIN_PORT, process.env.ADMIN_HOST || 'localhost');

function start(port, host = '::1') {
  const server = new http.Server(app);
  return server.listen(port, host);
}
start(9000);
