const nconf = require('nconf');
nconf.argv().env().defaults({ web: { port: 6030 }, BIND: '127.0.0.1' });
module.exports = nconf;
