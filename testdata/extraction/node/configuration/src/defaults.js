const _ = require('lodash');
const config = { port: 6010, tls: { port: 6443, host: '0.0.0.0' } };
_.merge(config, require('./local'));
Object.assign(config, { admin: Number(process.env.ADMIN_PORT) || 6011 });
module.exports = config;
