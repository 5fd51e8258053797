import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { sharedMemory } from './shared-memory.ts';

it.each([8, 1000, 100 << 20])('gives %i bytes that are zero and that threads share', async (bytes) => {
  const memory = sharedMemory(bytes);
  expect(memory).toBeInstanceOf(SharedArrayBuffer);
  expect(memory.byteLength).toBeGreaterThanOrEqual(bytes);
  const own = new Uint8Array(memory);
  expect([own[0], own[bytes >>> 1], own[bytes - 1]]).toEqual([0, 0, 0]);
  const writing = `const { workerData } = require('node:worker_threads'); new Uint8Array(workerData)[${bytes - 1}] = 7;`;
  const worker = new Worker(writing, { eval: true, workerData: memory });
  await new Promise((resolve) => worker.once('exit', resolve));
  expect(own[bytes - 1]).toBe(7);
});
