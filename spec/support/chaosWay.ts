import type { VirtualTimeScheduler } from 'rxjs';
import type { Network } from '../../lib/network/network.js';
import { random, type Random } from '../../lib/simulation/random.js';
import { WallClock } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { meddled, type Tongue } from './chaosMeddler.js';
import { meddlings, Spells, spellsOf, type Meddling, type Spell } from './chaosMeddling.js';

/** What stands between a client and its venue. */
export interface Way {
  /** Whether anything does. */
  readonly isMeddled: boolean;
  readonly network: Network;
  readonly clock: WallClock;
  /** For what else may go wrong, apart from what the run itself draws. */
  readonly draw: Random;
  /** How often which of it struck. */
  readonly struck: () => Struck;
}

export type Struck = Readonly<Partial<Record<string, number>>>;

export interface WayConfig {
  readonly seed: number;
  readonly network: Network;
  readonly scheduler: VirtualTimeScheduler;
  readonly tongue: Tongue;
  /** What can be told, or mended, at the venue. Default: all. */
  readonly kinds?: readonly Meddling[];
  /** Whether each of these kinds has its turn among the seeds, where these are few. */
  readonly isInTurn?: boolean;
  /** What is at work now and then all the time, besides. */
  readonly always?: readonly Meddling[];
  readonly targets: readonly string[];
  /** What some kinds are aimed at only, because nothing tells of them elsewhere. */
  readonly only?: Readonly<Partial<Record<Meddling, string>>>;
  /** Statuses of requests that are refused. */
  readonly statuses?: readonly number[];
  readonly refused?: (topics: readonly string[]) => void;
}

/** Until when anything is begun, in ms. */
export const MEDDLED_UNTIL = 20_000;
/** How late the latest is, in ms. */
export const LATEST = 6_000;
/** A hung request, made just before the end, breaks no later. */
export const HUNG = 3 * LATEST;

/** At work from the beginning, or for the rest: whatever is rare happens as a client begins. */
const turnOf = (seed: number, kinds: readonly Meddling[], draw: Random, statuses: readonly number[]): Spell => ({
  meddling: kinds[(2 * Math.floor(seed / 4) + (seed % 2)) % kinds.length] ?? 'lostFrames',
  from: pick(draw, [0, between(draw, 0, MEDDLED_UNTIL / 2)]),
  until: MEDDLED_UNTIL,
  most: between(draw, 1, 3),
  delay: between(draw, 1, pick(draw, [50, 1_000, LATEST])),
  status: pick(draw, statuses),
});

/** Half of the seeds have a meddler, and of those a part a clock that is set. */
export function wayOf(config: WayConfig): Way {
  const { seed, scheduler, kinds = meddlings, targets, only = {}, statuses = [401, 429, 500, 503] } = config;
  const clock = new WallClock(scheduler);
  const draw = random(seed * 31 + 17);
  const isMeddled = seed % 4 >= 2;
  if (!isMeddled) return { isMeddled, clock, draw, network: config.network, struck: () => ({}) };

  const planned = spellsOf(draw, { kinds, targets, statuses, until: MEDDLED_UNTIL, latest: LATEST });
  const aim = (spell: Spell): Spell => {
    const target = only[spell.meddling];
    return target === undefined ? spell : { ...spell, target };
  };
  const aimed = planned.map(aim);
  const always = (config.always ?? []).map((meddling): Spell => {
    const from = between(draw, 0, MEDDLED_UNTIL / 2);
    return { meddling, from, until: MEDDLED_UNTIL, most: 3, delay: 1_000, status: 503 };
  });
  const inTurn = config.isInTurn === true ? [aim(turnOf(seed, kinds, draw, statuses))] : [];
  const spells = new Spells([...aimed, ...always, ...inTurn], () => scheduler.frame);
  if (draw() < 0.3) clock.wander(draw, MEDDLED_UNTIL);
  return {
    isMeddled,
    clock,
    draw,
    network: meddled(config.network, { ...config, spells, draw }),
    struck: () => ({ ...spells.struck, ...(clock.jumps > 0 ? { clock: clock.jumps } : {}) }),
  };
}
