import { VirtualTimeScheduler } from 'rxjs';
import type { SimulatedVenue } from '../../lib/simulation/index.js';

/** What a client says, and when, in ms after its wire is open. */
export type Words = readonly (readonly [at: number, text: object | string])[];

/** What a simulated venue sends to a client that only asks, within so many ms, and what ends its wire. */
export function heard(
  make: (scheduler: VirtualTimeScheduler) => SimulatedVenue,
  url: string,
  words: Words,
  within = 10_000,
): { readonly texts: readonly string[]; readonly ended: readonly string[]; readonly venue: SimulatedVenue } {
  const scheduler = new VirtualTimeScheduler(undefined, within);
  const texts: string[] = [];
  const ended: string[] = [];
  const venue = make(scheduler);
  venue.network.open({ url }).subscribe({
    next: (wire) => {
      wire.messages.subscribe((text) => texts.push(text));
      for (const [at, text] of words) {
        const said = typeof text === 'string' ? text : JSON.stringify(text);
        if (at === 0) wire.send(said);
        else
          scheduler.schedule(() => {
            wire.send(said);
          }, at);
      }
    },
    error: (error: unknown) => ended.push(String(error)),
  });
  scheduler.flush();
  return { texts, ended, venue };
}

/** Frames as objects; what is no JSON is left out. */
export const rowsOf = (texts: readonly string[]): readonly Readonly<Record<string, unknown>>[] =>
  texts.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
