import type { Subscription } from 'rxjs';

/** One stream of the exchange, as it is told to whoever joins it. */
export interface Source {
  /** Begins to send what the exchange tells. Errors and completes with it. */
  readonly run: () => Subscription;
  /** Whether what it tells can be trusted at the moment. */
  readonly isLive: () => boolean;
  /** What who joins now has to know, beside where the stream stands. */
  readonly joined: () => object;
  /** Tells what no event tells; to be called every so often. */
  readonly look?: () => void;
}
