import type { Contract, Method } from '../contract.ts';

/** What goes with a call of the contract. */
export interface CallOptions<M extends Method> {
  onProgress?: (progress: Contract[M]['progress']) => void;
  signal?: AbortSignal;
}
