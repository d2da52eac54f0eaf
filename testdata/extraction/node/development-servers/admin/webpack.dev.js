const { merge } = require('webpack-merge');
const common = require('./webpack.common.js');

module.exports = merge(common, {
  mode: 'development',
  devServer: { host: '0.0.0.0', port: Number(process.env.PORT) || 3808 },
});
