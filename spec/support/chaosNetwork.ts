import { defer, map, tap } from 'rxjs';
import type { Network, Wire } from '../../lib/network/network.js';
import type { Witness } from './chaosWitness.js';

export interface ManneredNetwork {
  readonly network: Network;
  /** The client has told that the venue neither confirmed a channel nor sent data: it may ask for it again. */
  unconfirmed(channel: string): void;
}

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params?: readonly string[];
}

const REFUSED = /^\{(?:"error":\{)?"code":/;

/**
 * How much too early a client may be whose clock was set back, in ms: what had passed since it last looked is known to it
 * only when a timer fires, and a wait may have been counted from before that.
 */
const UNSEEN = 100;
/** What sums of fractions of a ms differ by. */
const HAIR = 0.001;

/**
 * Watches the manners of a client from between it and its network: nothing is subscribed twice on one wire, nothing
 * unsubscribed that was not subscribed there, and nothing requested before the time that the venue asked to wait for.
 *
 * @param wasSet Whether the clock of the client was set.
 */
export function mannered(
  network: Network,
  witness: Witness,
  now: () => number,
  wasSet: () => boolean,
): ManneredNetwork {
  const open = new Set<Map<string, number>>();
  let notBefore = -Infinity;

  const check = (subscribed: Map<string, number>, { method, params = [], id }: Request): void => {
    for (const name of params) {
      if (method === 'SUBSCRIBE') {
        if (subscribed.has(name)) witness.blame('the client', `subscribes ${name} twice on one wire`);
        subscribed.set(name, id);
      } else if (method === 'UNSUBSCRIBE' && !subscribed.delete(name)) {
        witness.blame('the client', `unsubscribes ${name} where it was not subscribed`);
      }
    }
  };
  const watched = (wire: Wire): Wire => {
    /** By which request. */
    const subscribed = new Map<string, number>();
    open.add(subscribed);
    return {
      ...wire,
      // What was refused may be asked for again.
      messages: wire.messages.pipe(
        tap((text) => {
          const refused = REFUSED.test(text) ? Number(/"id":(\d+)/.exec(text)?.[1]) : undefined;
          for (const [name, id] of subscribed) if (id === refused) subscribed.delete(name);
        }),
      ),
      send: (text) => {
        check(subscribed, JSON.parse(text) as Request);
        wire.send(text);
      },
    };
  };

  return {
    network: {
      open: (endpoint) => network.open(endpoint).pipe(map(watched)),
      request: (request) =>
        defer(() => {
          if (now() < notBefore - (wasSet() ? UNSEEN : HAIR))
            witness.blame('the client', `requests ${notBefore - now()} ms before it may`);
          return network.request(request);
        }).pipe(
          tap(({ status, headers }) => {
            if (status === 429) notBefore = now() + Number(headers['retry-after'] ?? 0) * 1_000;
          }),
        ),
    },
    unconfirmed: (channel) => {
      for (const subscribed of open) subscribed.delete(channel);
    },
  };
}
