export const config = {
  port: Number(process.env.PORT || 3000),
  host: process.env.HOST || '127.0.0.1',
  apiUrl: process.env.API_URL ?? 'http://localhost:8080',
};
