import http, { createServer } from 'node:http';
import dgram from 'node:dgram';
import inspector from 'node:inspector';

createServer().listen(':8080');
createServer().listen({ port: 8081, hostname: '127.0.0.1' } as any);
createServer().listen({ port: 8082, ipv6Only: true });
createServer().listen({ port: 8083, host: '::', ipv6Only: true });
createServer().listen(process.env.UNSET_PORT);
createServer().listen('8084', 'localhost');
createServer().listen(70000);
http.createServer().listen({});
createServer().listen(8085, '[::]');
createServer().listen('0x1F96', 511);

dgram.createSocket('udp4').bind(5353);
dgram.createSocket({ type: 'udp6', ipv6Only: true }).bind({ port: 5354, address: '::1' });
if (process.env.DEBUG) inspector.open(9229, '0.0.0.0');
