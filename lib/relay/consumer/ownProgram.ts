import type { Envelope } from '../wire/messages.js';
import type { Program, ProgramChannel } from './program.js';
import type { Station, StationLoss } from './station.js';

/**
 * A state that is a venue's own, of one station: what another one tells of it goes on from what that one told. Each is joined
 * with the whole.
 */
export class OwnProgram implements Program {
  readonly isSingle = true;
  #isLive = false;

  constructor(private readonly channel: ProgramChannel) {}

  joined(station: Station, answer: Envelope): void {
    this.channel.confirm();
    this.#pass(station, { ...answer, j: true });
  }

  heard(station: Station, message: Envelope): void {
    this.#pass(station, message);
  }

  lost(_station: Station, loss: StationLoss): void {
    if (!this.#isLive) return;
    this.#isLive = false;
    if (loss === 'gap') this.channel.interrupted();
    else this.channel.deliver({ t: 'a', s: 'stale', y: loss === 'silent' ? 'silent' : 'closed' });
  }

  tick(): void {
    // There is nobody to be behind of.
  }

  #pass(station: Station, message: Envelope): void {
    this.#isLive = station.isLive = message['s'] === 'live';
    this.channel.deliver(message);
  }
}
