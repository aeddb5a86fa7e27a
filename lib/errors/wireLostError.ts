import type { LossReason } from '../model/connection.js';

/** A wire could not be opened or was lost. Met by the backoff; users see it as `lost` in `connection$`. */
export class WireLostError extends Error {
  override readonly name = 'WireLostError';
  constructor(
    readonly reason: LossReason,
    /** For people. Never holds a secret: URLs stand here without their query. */
    readonly text: string,
    /** WebSocket close code or HTTP status, where there is one. */
    readonly code?: number,
    options?: ErrorOptions,
  ) {
    super(`wire lost (${reason}${code === undefined ? '' : ` ${code}`}): ${text}`, options);
  }
}
