import type { Observer } from 'rxjs';

/** A client that let too much pile up was cut off. */
export interface DroppedClient {
  /** Path and query of its connection. */
  readonly url: string;
  /** What waited for it, in bytes. */
  readonly held: number;
}

/** What a served venue bears of one client. */
export interface Bound {
  /** In bytes. */
  readonly maxBody: number;
  /** Tells of the client if so. */
  readonly holdsTooMuch: (url: string, held: number) => boolean;
}

export const boundOf = (
  { maxHeld, maxBody }: { readonly maxHeld: number; readonly maxBody: number },
  dropped: Pick<Observer<DroppedClient>, 'next'>,
): Bound => ({
  maxBody,
  holdsTooMuch: (url, held) => {
    if (held <= maxHeld) return false;
    dropped.next({ url, held });
    return true;
  },
});
