import { expect, test } from 'vitest';
import { Client, startServer } from '../support/server.ts';

test('a new server is ready, empty, and says so', async () => {
  const server = await startServer();
  const client = await Client.as(server, 'analyst');
  const report = await client.json<{ totals: { households: number } }>('/api/exposure');
  expect(report.totals.households).toBe(0);
  await server.stop();
});
