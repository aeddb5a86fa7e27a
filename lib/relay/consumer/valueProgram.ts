import { isJsonObject } from '../../codec/jsonObject.js';
import type { Envelope } from '../wire/messages.js';
import type { Program, ProgramChannel } from './program.js';
import type { Station, StationLoss } from './station.js';

/** So many ids are remembered of what was told. */
const REMEMBERED = 10_000;

/** How a stream of values is made of what stations tell. */
export interface ValueProgramConfig extends ProgramChannel {
  /** Whether several are heard, and each trade is told once by its id. */
  readonly isMerged: boolean;
}

/** Values of one station; or trades of several, each once. */
export class ValueProgram implements Program {
  readonly isSingle = false;
  #leader: Station | undefined;
  readonly #emitted = new Set<unknown>();

  constructor(private readonly config: ValueProgramConfig) {}

  joined(station: Station, answer: Envelope): void {
    station.isLive = true;
    this.config.confirm();
    if (answer.t === 'v') this.heard(station, answer);
  }

  heard(station: Station, message: Envelope): void {
    if (this.#leader === undefined || this.#leader.isOver) this.#leader = station;
    if (this.config.isMerged ? this.#isNew(message) : this.#leader === station) this.config.deliver(message);
  }

  lost({ isLive }: Station, _loss: StationLoss, others: readonly Station[]): void {
    if (isLive && others.length === 0) this.config.interrupted();
  }

  tick(): void {
    // Each value stands alone: nothing is ever behind.
  }

  #isNew({ v: value }: Envelope): boolean {
    const id = isJsonObject(value) ? value['d'] : undefined;
    if (id === undefined) return true;
    if (this.#emitted.has(id)) return false;
    this.#emitted.add(id);
    if (this.#emitted.size > REMEMBERED) {
      const [oldest] = this.#emitted;
      this.#emitted.delete(oldest);
    }
    return true;
  }
}
