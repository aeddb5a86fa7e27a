import type { Observable, SchedulerLike } from 'rxjs';
import type { Network } from '../../lib/network/network.js';

/** What a stream is opened with. */
export interface Means {
  readonly network: Network;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** One stream of a venue, from the texts on its wire to the values that an observer gets. */
export interface VenueStream {
  readonly venue: string;
  readonly what: string;
  /** Opens it, through the public API. */
  readonly open: (means: Means) => Observable<unknown>;
  /** The venue, as far as it answers. */
  readonly network: (scheduler: SchedulerLike) => Network;
  /** What the venue sends on the open stream, where it does not by itself. */
  readonly texts?: () => readonly string[];
  /** What is asked for by request meanwhile, and read as the texts are. */
  readonly answers?: (() => readonly string[]) | undefined;
  /** Whose checksum each frame is held to, where it is. */
  readonly checksum?: 'kraken' | 'okx' | undefined;
  /** Why it may cost more than twice `JSON.parse`. */
  readonly reason?: string | undefined;
}
