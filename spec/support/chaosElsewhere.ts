import { Observable, map, type SchedulerLike } from 'rxjs';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Network, Wire } from '../../lib/network/network.js';
import { random, type Random } from '../../lib/simulation/random.js';
import { between, pick } from './chaosDraw.js';
import type { Struck, Way } from './chaosWay.js';

/** What happens on the other side of a client that is no fault of what is sent. */
export const elsewhere = ['oddEnds', 'venueClock'] as const;

export interface Elsewhere {
  readonly network: Network;
  /** How often which of it struck. */
  readonly struck: () => Struck;
}

interface ElsewhereConfig {
  readonly draw: Random;
  readonly scheduler: SchedulerLike;
  /** Whether what is said by times alone can't be told from what was said before the clock was set back. Default: it can. */
  readonly isTimed?: boolean | undefined;
  /** Until when anything is begun, in ms. */
  readonly until: number;
}

/** Of the seeds that are meddled with, a third has a venue whose clock is set, and others have wires that end oddly. */
export function elsewhereOf(
  seed: number,
  { isMeddled, network }: Pick<Way, 'isMeddled' | 'network'>,
  { isTimed, scheduler, until }: Omit<ElsewhereConfig, 'draw'>,
): Elsewhere {
  const draw = random(seed * 47 + 31);
  // Where candles are looked at, their times stay.
  if (isMeddled && seed % 3 === 1) return venueClock(network, { draw, scheduler, until, isTimed });
  if (isMeddled && draw() < 0.3) return oddEnds(network, { draw, scheduler, until });
  return { network, struck: () => ({}) };
}

/** A WebSocket's ends: by protocols, policies, sizes, by what is private, and by what no frame may bear. */
const CODES: readonly number[] = [
  ...[1000, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1013, 1014, 1015],
  ...[3000, 3401, 4000, 4001, 4401, 4403, 4999, 0],
];

/** Every wire there is ends at once, a few times, some with codes that say it is of no use to come back. */
function oddEnds(network: Network, { draw, scheduler, until }: ElsewhereConfig): Elsewhere {
  const open = new Set<(code: number) => void>();
  let struck = 0;
  const strike = (): void => {
    for (const end of [...open]) {
      struck += 1;
      end(pick(draw, CODES));
    }
  };
  for (let count = between(draw, 1, 3); count > 0; count -= 1) scheduler.schedule(strike, between(draw, 100, until));
  return {
    struck: () => ({ oddEnds: struck }),
    network: {
      ...network,
      open: (endpoint) =>
        new Observable<Wire>((subscriber) => {
          const end = (code: number): void => {
            subscriber.error(new WireLostError('closed', 'meddled with', code));
          };
          open.add(end);
          subscriber.add(() => open.delete(end));
          subscriber.add(network.open(endpoint).subscribe(subscriber));
        }),
    },
  };
}

/** Moments of a run in ms, µs and ns, and as ISO texts; not whole seconds, which candles are told by. */
const COUNTED = /(?<![\d.])1750\d{9}(?:\d{3}){0,2}(?!\d)/g;
const WRITTEN = /2025-06-\d\dT[\d:.]+Z/g;
const FORWARD: readonly number[] = [3_600_000, 40_000, 1_500];
/** By less than a lag is noticed from, and once: further back it looks like one, and the wire is late for a minute. */
const BACK = -1_500;

/** The venue's own clock is set, once or twice: what it tells of later moments is of another time, however late it comes. */
function venueClock(network: Network, { draw, scheduler, until, isTimed = false }: ElsewhereConfig): Elsewhere {
  const jumps = Array.from({ length: between(draw, 1, 2) }, (_, i) => ({
    at: scheduler.now() + between(draw, 0, until),
    ms: pick(draw, i === 0 && !isTimed ? [...FORWARD, BACK] : FORWARD),
  }));
  let struck = 0;
  const aheadAt = (moment: number): number => {
    const ahead = jumps.reduce((sum, { at, ms }) => (at <= moment ? sum + ms : sum), 0);
    if (ahead !== 0) struck += 1;
    return ahead;
  };
  const counted = (digits: string): string =>
    `${BigInt(digits) + BigInt(aheadAt(Number(digits.slice(0, 13)))) * 10n ** BigInt(digits.length - 13)}`;
  const written = (iso: string): string => {
    const ahead = aheadAt(Date.parse(iso));
    return ahead === 0 ? iso : new Date(Date.parse(iso) + ahead).toISOString();
  };
  const shifted = (text: string): string => text.replace(COUNTED, counted).replace(WRITTEN, written);
  return {
    struck: () => ({ venueClock: struck }),
    network: {
      ...network,
      open: (endpoint) =>
        network.open(endpoint).pipe(map((wire) => ({ ...wire, messages: wire.messages.pipe(map(shifted)) }))),
      request: (request) =>
        network.request(request).pipe(map((response) => ({ ...response, body: shifted(response.body) }))),
    },
  };
}
