import { type Subject, map, type VirtualTimeScheduler } from 'rxjs';
import { FrameSubject } from '../../lib/network/frameSubject.js';
import type { Network } from '../../lib/network/network.js';
import type { Means } from './stream.js';

/** One wire of a tapped network. */
interface Tapped {
  readonly messages: Subject<string>;
  readonly texts: string[];
}

/**
 * A network that notes the texts of its wires, until it is shut: from then on nothing comes but what is given to {@link give},
 * so that the way of a text is all that takes time.
 */
export class Tap {
  readonly network: Network;
  readonly #wires: Tapped[] = [];
  #isShut = false;

  constructor(network: Network) {
    this.network = {
      open: (endpoint) =>
        network.open(endpoint).pipe(
          map((wire) => {
            const one: Tapped = { messages: new FrameSubject(), texts: [] };
            this.#wires.push(one);
            wire.messages.subscribe((text) => {
              if (this.#isShut) return;
              one.texts.push(text);
              one.messages.next(text);
            });
            return { messages: one.messages, send: wire.send.bind(wire), close: wire.close.bind(wire) };
          }),
        ),
      request: (request) => network.request(request),
    };
  }

  /** The texts of the wire that has the most of them, and which one that is. */
  busiest(): { readonly wire: number; readonly texts: readonly string[] } {
    const counts = this.#wires.map(({ texts }) => texts.length);
    const wire = counts.indexOf(Math.max(...counts));
    return { wire, texts: this.#wires[wire]?.texts ?? [] };
  }

  forget(): void {
    for (const { texts } of this.#wires) texts.length = 0;
  }

  shut(): void {
    this.#isShut = true;
  }

  /** What takes texts on a wire. */
  give(wire: number): (text: string) => void {
    const { messages } = this.#wires[wire] ?? {};
    if (messages === undefined) throw new RangeError(`no wire ${wire}`);
    const given = (text: string): void => {
      messages.next(text);
    };
    return given;
  }
}

export const meansOf = (tap: Tap, scheduler: VirtualTimeScheduler): Means => ({
  network: tap.network,
  scheduler,
  random: () => 0.5,
});
