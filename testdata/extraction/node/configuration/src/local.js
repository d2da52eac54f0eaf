module.exports = { tls: { host: '10.0.0.9' } };
