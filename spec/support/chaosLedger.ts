import { map, tap } from 'rxjs';
import type { Network } from '../../lib/network/network.js';

/** How much a client may do in any minute of virtual time, and how much may be told. */
export interface MinuteBounds {
  readonly openings: number;
  readonly requests: number;
  readonly messages: number;
  readonly faults: number;
}

type Kind = keyof MinuteBounds;

const MINUTE = 60_000;

/** Counts what a client does, and tells whether it ever was a storm. */
export class Ledger {
  private readonly times: Record<Kind, number[]> = { openings: [], requests: [], messages: [], faults: [] };

  constructor(private readonly now: () => number) {}

  note(kind: Kind): void {
    this.times[kind].push(this.now());
  }

  /** Laid around what a client has for its network. */
  around(network: Network): Network {
    return {
      ...network,
      open: (endpoint) =>
        network.open(endpoint).pipe(
          tap({ subscribe: () => this.note('openings') }),
          map((wire) => ({
            ...wire,
            send: (text) => {
              this.note('messages');
              wire.send(text);
            },
          })),
        ),
      request: (request) => network.request(request).pipe(tap({ subscribe: () => this.note('requests') })),
    };
  }

  count(kind: Kind): number {
    return this.times[kind].length;
  }

  /** The most in any minute, of each. */
  peaks(): MinuteBounds {
    const most = (kind: Kind): number => this.most(kind);
    return {
      openings: most('openings'),
      requests: most('requests'),
      messages: most('messages'),
      faults: most('faults'),
    };
  }

  private most(kind: Kind): number {
    const times = this.times[kind];
    let first = 0;
    let most = 0;
    for (let last = 0; last < times.length; last += 1) {
      while ((times[last] ?? 0) - (times[first] ?? 0) >= MINUTE) first += 1;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** What went over its bound. */
  storms(bounds: MinuteBounds): readonly string[] {
    return (Object.keys(this.times) as Kind[]).flatMap((kind) => {
      const most = this.most(kind);
      return most > bounds[kind] ? [`${most} ${kind} within a minute, where ${bounds[kind]} are many`] : [];
    });
  }
}

/** For how many seconds on end all must be well, with nothing told. */
const CALM = 10;
/** Within how many seconds that must come once all is well: what was under way may still be told. */
const SETTLES = 80;

/** Waits for calm: all is well and nothing is told. Says what there was instead, if it does not come. */
export function restlessnessOf(
  pass: (ms: number) => void,
  toldSoFar: () => number,
  ills: () => readonly string[],
): string | undefined {
  let calm = 0;
  let last: readonly string[] = [];
  for (let second = 0; second < SETTLES && calm < CALM; second += 1) {
    const before = toldSoFar();
    pass(1_000);
    const now = [...ills(), ...(toldSoFar() > before ? ['something is told'] : [])];
    calm = now.length === 0 ? calm + 1 : 0;
    if (now.length > 0) last = now;
  }
  return calm < CALM ? `no calm within ${SETTLES} s: ${last.join('; ')}` : undefined;
}
