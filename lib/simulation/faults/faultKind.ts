import { between, pick, type Random } from '../random.js';
import type { FaultDetails } from './faultDetails.js';

/** What is known of a kind of fault, whatever it does. */
export interface FaultKind {
  /** Happens at one moment. */
  readonly momentary?: true;
  /** What the value of a text is: `failingSnapshot=429@10s`. Default: it takes none. */
  readonly value?: 'status' | 'code' | 'delay';
  /** The details of one that a seed draws. A kind draws in an order that does not change: seeds are to give what they gave. */
  readonly details: (dice: Dice) => FaultDetails;
}

/** What the details of a fault are drawn from. */
export class Dice {
  constructor(
    readonly draw: Random,
    /** How long a fault that begins now may last, in ms. */
    private readonly left: number,
  ) {}

  between(least: number, most: number): number {
    return between(this.draw, least, most);
  }

  /** A time to last, in ms, that ends with the plan. */
  lasts(least: number, most: number): number {
    return Math.max(1, Math.min(this.left, this.between(least, most)));
  }

  pick<T>(from: readonly T[], otherwise: T): T {
    return pick(this.draw, from) ?? otherwise;
  }
}

/** A fault of frames or the like: lasts for some seconds, and hits a few. */
export const aFewTimes = (dice: Dice): FaultDetails => ({ for: dice.lasts(500, 5_000), count: dice.between(1, 5) });

export const noDetails = (): FaultDetails => ({});

/** The names of kinds, in their order. */
export const namesOf = <K extends string>(kinds: Readonly<Record<K, FaultKind>>): readonly K[] =>
  Object.keys(kinds) as K[];
