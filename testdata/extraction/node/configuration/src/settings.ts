import { registerAs } from '@nestjs/config';
import { z } from 'zod';

const schema = z.object({
  port: z.coerce.number().int().default(6020).describe('APP_PORT'),
  address: z.string().default('127.0.0.1'),
}).strict();

export default registerAs('app', () => schema.parse({ port: process.env.APP_PORT, address: process.env.APP_ADDRESS }));
