import { createServer } from 'http';
test('x', () => { createServer().listen(0, '127.0.0.1'); });
