import type { FatalError } from './isFatal.js';

/**
 * The platform can't do what was asked: it has no WebSocket, its WebSocket can't send headers, or its environment names a proxy that
 * is none. A mistake in how things were put together: no waiting mends it.
 */
export class PlatformError extends Error implements FatalError {
  override readonly name = 'PlatformError';
  readonly fatal = 'failed';
  constructor(
    readonly missing: 'websocket' | 'headers' | 'proxy',
    /** What to do instead. */
    readonly text: string,
  ) {
    super(`no ${missing} here: ${text}`);
  }
}
