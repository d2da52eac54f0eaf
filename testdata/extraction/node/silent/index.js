import { createBrowserHistory } from 'history';
import { setupServer } from 'msw/node';
import { listen } from '@tauri-apps/api/event';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { Server } from 'socket.io';
import { createClient } from 'redis';
import net from 'node:net';

class Animator {
  listen(port) { this.port = port; }
}

const history = createBrowserHistory();
history.listen((location) => console.log(location));
new Animator().listen(3000);
setupServer().listen({ onUnhandledRequest: 'error' });
listen('tauri://update', () => {});
const server = createServer();
new WebSocketServer({ server });
new WebSocketServer({ noServer: true, path: '/ws' });
new Server(server, { path: '/io' });
createClient({ socket: { host: '0.0.0.0', port: 6379 } });
net.connect(8080, '0.0.0.0');
const handler = function () {}.bind(3000);
const text = "server.listen(3000)"; // server.listen(3001)
const pattern = /server.listen(3002)/;
const options = { host: '0.0.0.0', port: 8080 };
