import type { VirtualTimeScheduler } from 'rxjs';
import { type SimulatedVenue } from '../../lib/simulation/index.js';
import { random } from '../../lib/simulation/random.js';
import { binanceTongue } from './chaosBinanceTongue.js';
import { between } from './chaosDraw.js';
import { meddlings } from './chaosMeddling.js';
import { listedLate, numberedAnew, type Numbering } from './chaosNumbers.js';
import { antics } from './chaosRestless.js';
import { MEDDLED_UNTIL, wayOf, type Way } from './chaosWay.js';

export interface BinanceWay extends Way {
  readonly numberings: readonly Numbering[];
  /** Whether an audit may find that snapshot and book differ. */
  readonly mayDrift: () => boolean;
  /** Symbols of which a subscription was refused in the venue's stead. */
  readonly refused: ReadonlySet<string>;
}

export const meddlingsOfBinance: readonly string[] = [...meddlings, 'clock', 'numberedAnew', 'listedLate', ...antics];

const targets = ['btcusdt', 'fineusdt', '@depth', '@trade', '@depth@100ms', '/depth', 'BTCUSDT', '"result"'];

/** Some of the seeds that are meddled with have numbers that begin anew, or a new listing. */
export function binanceWayOf(seed: number, venue: SimulatedVenue, scheduler: VirtualTimeScheduler): BinanceWay {
  const refused = new Set<string>();
  const draw = random(seed * 43 + 19);
  const now = (): number => scheduler.frame;
  const at = between(draw, 1_000, MEDDLED_UNTIL - 2_000);
  const kind = seed % 4 >= 2 ? draw() : 1;
  const anew = kind < 0.3 ? numberedAnew(venue, venue.network, 'BTCUSDT', now, at) : undefined;
  const isListed = kind >= 0.3 && kind < 0.45;
  const listed = (): typeof venue.network => listedLate(venue, venue.network, 'FINEUSDT', now, at, draw() < 0.5);
  const way = wayOf({
    seed,
    scheduler,
    targets,
    tongue: binanceTongue,
    statuses: [401, 403, 429, 500, 503],
    network: anew?.network ?? (isListed ? listed() : venue.network),
    refused: (topics) => {
      for (const topic of topics) refused.add(topic.split('@')[0]?.toUpperCase() ?? '');
    },
  });
  const numberings: Numbering[] = [];
  if (anew !== undefined) numberings.push(anew.numbering);
  if (isListed) numberings.push({ symbol: 'FINEUSDT', candidates: (said) => [said], isListedLate: true });
  return {
    ...way,
    numberings,
    refused,
    mayDrift: () => kind < 0.45,
    struck: () => ({
      ...way.struck(),
      ...(anew?.hasBegun() === true ? { numberedAnew: 1 } : {}),
      ...(isListed ? { listedLate: 1 } : {}),
    }),
  };
}
