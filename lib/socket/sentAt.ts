import type { DepthEvent } from '../model/depthEvent.js';

/**
 * When a message was sent, by the venue's clock, where it tells so: depth does. Of what else venues time, much was long
 * before it was sent.
 */
export function sentAt(value: unknown): number | undefined {
  const one = (Array.isArray(value) ? value.at(-1) : value) as Partial<DepthEvent> | null | undefined;
  return one?.type === 'diff' || one?.type === 'snapshot' ? one.venueTime : undefined;
}
