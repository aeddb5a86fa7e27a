import type { Envelope } from '../wire/messages.js';
import type { Program, ProgramChannel } from './program.js';
import type { Station, StationLoss } from './station.js';

/** So many ms older than what was told, by the venue's clock, no news can be that have a higher number. */
const OF_ANOTHER_COUNTING = 1_000;
/** Ticks in which whoever is left must have come as far as what was told. */
const CATCH_UP_TICKS = 8;

/** How a book is made of what stations tell. */
export interface DepthProgramConfig extends ProgramChannel {
  readonly instrument: string;
  /** Whether several are heard, and merged by the venue's numbers. */
  readonly isAll: boolean;
}

const numberIn = (message: Envelope, key: string): number | undefined => {
  const value = message[key];
  return typeof value === 'number' ? value : undefined;
};

/**
 * One book of one station or of several. Each station's own stream has no gap, so that a diff of it is all that happened
 * since the one before. Of several the first to tell a number is believed: a diff that begins no later than what was told
 * and ends beyond it goes on from it, since sizes are absolute; one that ends before it tells nothing new, and one of who
 * has joined ahead of it waits for the others to come that far. That takes numbers that are the same on every connection to
 * the venue, and grow.
 */
export class DepthProgram implements Program {
  isSingle = false;
  #isLive = false;
  #sequence: number | undefined;
  #venueTime: number | undefined;
  #behind = 0;

  constructor(private readonly config: DepthProgramConfig) {}

  joined(station: Station, answer: Envelope, others: readonly Station[]): void {
    this.config.confirm();
    if (answer.t !== 'r') this.#whole(station, answer, others);
    else if (this.#isLive && others.length === 0) this.#reset(answer);
  }

  heard(station: Station, message: Envelope, others: readonly Station[]): void {
    if (message.t === 'd') this.#diff(station, message);
    else if (message.t !== 'r') this.#whole(station, message, others);
    else {
      station.isLive = false;
      if (others.length === 0) this.#reset(message);
      else this.#goOnBy(others);
    }
  }

  lost(_station: Station, loss: StationLoss, others: readonly Station[]): void {
    if (!this.#isLive) return;
    if (others.length > 0) this.#goOnBy(others);
    else if (loss === 'gap') this.config.interrupted();
    else this.#reset({ t: 'r', i: this.config.instrument, y: 'disconnected' });
  }

  tick(live: readonly Station[]): void {
    const emitted = this.#sequence;
    if (!this.#isLive || emitted === undefined || live.length === 0 || !this.#isMerged) return;
    const isBehind = live.every(({ sequence = emitted }) => sequence < emitted);
    this.#behind = isBehind ? this.#behind + 1 : 0;
    if (this.#behind > CATCH_UP_TICKS) this.config.interrupted();
    else this.#goOnBy(live);
  }

  get #isMerged(): boolean {
    return this.config.isAll && !this.isSingle;
  }

  /** Where all that are left joined ahead of what was told, what lies between is lost. */
  #goOnBy(live: readonly Station[]): void {
    const emitted = this.#sequence;
    if (emitted === undefined || !this.#isMerged) return;
    if (live.every(({ sequence = emitted }) => sequence > emitted)) this.config.interrupted();
  }

  /** A whole book: of one who joined, or who has it again. While others are live it only says from where its diffs go on. */
  #whole(station: Station, message: Envelope, others: readonly Station[]): void {
    const sequence = numberIn(message, 'u');
    station.isLive = true;
    station.sequence = sequence;
    if (this.config.isAll && sequence === undefined) this.isSingle = true;
    if (this.#isLive && this.#isMerged && others.length > 0) this.#compare(message, sequence);
    else {
      this.#isLive = true;
      this.#emit(message, sequence);
    }
  }

  #diff(station: Station, message: Envelope): void {
    const sequence = numberIn(message, 'u');
    const { sequence: before } = station;
    station.sequence = sequence;
    if (!this.#isMerged) {
      this.#emit(message, sequence);
      return;
    }
    const emitted = this.#sequence;
    // Nothing to merge by, or the numbers begin anew.
    if (sequence === undefined || before === undefined || emitted === undefined || sequence < before) {
      this.config.interrupted();
    } else if (sequence <= emitted) this.#compare(message, sequence);
    else if (before <= emitted) this.#emit(this.#goingOn(message, emitted), sequence);
  }

  /** A diff as one that goes on from what was told, whoever told it; how many levels there are is its own gateway's matter. */
  #goingOn({ U: first, p: previous, l: _sizes, ...message }: Envelope, emitted: number): object {
    return {
      ...message,
      U: typeof first === 'number' ? Math.max(first, emitted + 1) : first,
      p: previous === undefined ? undefined : emitted,
    };
  }

  /** What has a lower number than what was told is not newer, or it is of another counting. */
  #compare(message: Envelope, sequence: number | undefined): void {
    const time = numberIn(message, 'T');
    if (time === undefined || this.#venueTime === undefined || sequence === undefined) return;
    const isLower = sequence <= (this.#sequence ?? sequence);
    if (isLower && time > this.#venueTime + OF_ANOTHER_COUNTING) this.config.interrupted();
  }

  #emit(message: object, sequence: number | undefined): void {
    this.#sequence = sequence;
    const time: unknown = Reflect.get(message, 'T');
    this.#venueTime = typeof time === 'number' ? time : undefined;
    this.config.deliver(message);
  }

  #reset(message: object): void {
    this.#isLive = false;
    this.#sequence = this.#venueTime = undefined;
    this.config.deliver(message);
  }
}
