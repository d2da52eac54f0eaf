const http = require('http');
http.createServer().listen(3000);
const text = 'not closed
