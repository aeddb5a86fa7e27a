import { map, mergeMap, of } from 'rxjs';
import type { Network, Wire } from '../../lib/network/network.js';
import type { SimulatedVenue } from '../../lib/simulation/index.js';

/** Where a symbol's numbers stand, for who knows the truth by the venue's own. */
export interface Numbering {
  readonly symbol: string;
  /** The venue's own numbers that this one may stand for. */
  candidates(said: number): readonly number[];
  /** Whether it was not listed for a while: before, the venue said that there is nothing, at −1. */
  readonly isListedLate?: boolean;
}

const rewritten = (
  network: Network,
  symbol: string,
  rewrite: () => (text: string, isAnswer: boolean) => string | undefined,
): Network => {
  const stream = `"s":"${symbol}"`;
  const through = (wire: Wire): Wire => {
    const own = rewrite();
    return {
      ...wire,
      messages: wire.messages.pipe(
        mergeMap((text) => {
          const changed = text.includes(stream) ? own(text, false) : text;
          return changed === undefined ? [] : [changed];
        }),
      ),
    };
  };
  return {
    ...network,
    open: (endpoint) => network.open(endpoint).pipe(map(through)),
    request: (request) =>
      network.request(request).pipe(
        mergeMap((response) => {
          const isAsked = request.url.includes('/depth?') && request.url.includes(`symbol=${symbol}`);
          if (!isAsked || response.status !== 200) return of(response);
          return of({ ...response, body: rewrite()(response.body, true) ?? response.body });
        }),
      ),
  };
};

/** Numbers of a symbol's book that begin anew at a time, on wires that stay open: diffs, snapshots and best quotes alike. */
export function numberedAnew(
  venue: SimulatedVenue,
  network: Network,
  symbol: string,
  now: () => number,
  at: number,
): { readonly network: Network; readonly numbering: Numbering; readonly hasBegun: () => boolean } {
  let cut: number | undefined;
  const anew = (text: string): string => {
    if (cut === undefined && now() >= at) cut = venue.market.instrument(symbol)?.book.sequence;
    if (cut === undefined) return text;
    const last = Number(/"(?:u|lastUpdateId)":(-?\d+)/.exec(text)?.[1]);
    // What was said before it began anew bears the old numbers, however late it comes.
    if (!(last > cut)) return text;
    const begin = cut;
    return text.replace(/"(U|u|pu|lastUpdateId)":(\d+)/g, (_, name: string, number: string) => {
      const least = name === 'pu' ? 0 : 1;
      return `"${name}":${Math.max(least, Number(number) - begin)}`;
    });
  };
  return {
    network: rewritten(network, symbol, () => anew),
    hasBegun: () => cut !== undefined,
    numbering: { symbol, candidates: (said) => (cut === undefined ? [said] : [said, said + cut]) },
  };
}

/**
 * A symbol that is listed at a time: before, the venue knows its name, has no book of it (−1) and is silent; who was there then
 * is told the whole book by the first diff, unless that one is lost. Like any of the venue's, that diff also names what stood in
 * between and went: a snapshot from its midst may have it.
 */
export function listedLate(
  venue: SimulatedVenue,
  network: Network,
  symbol: string,
  now: () => number,
  at: number,
  isFirstLost: boolean,
): Network {
  const shown = { bids: new Set<string>(), asks: new Set<string>() };
  const withGone = (side: 'bids' | 'asks', levels: readonly (readonly [string, string])[]): string => {
    const gone = [...shown[side].keys()].filter((price) => levels.every((level) => level[0] !== price));
    return JSON.stringify([...levels, ...gone.map((price) => [price, '0'])]);
  };
  return rewritten(network, symbol, () => {
    const waiting = new Set<string>();
    return (text, isAnswer) => {
      if (isAnswer && now() < at) return text.replace(/"lastUpdateId".*$/s, '"lastUpdateId":-1,"bids":[],"asks":[]}');
      if (isAnswer) {
        const { bids, asks } = JSON.parse(text) as Record<'bids' | 'asks', readonly [string, string][]>;
        for (const [price] of bids) shown.bids.add(price);
        for (const [price] of asks) shown.asks.add(price);
        return text;
      }
      const stream = /^\{"stream":"([^"]*)"/.exec(text)?.[1] ?? '';
      if (now() < at) {
        waiting.add(stream);
        return undefined;
      }
      if (!stream.includes('@depth') || !waiting.delete(stream)) return text;
      if (isFirstLost) return undefined;
      const last = Number(/"u":(\d+)/.exec(text)?.[1]);
      const { bids, asks } = venue.market.trueBook(symbol, last) ?? { bids: [], asks: [] };
      return text
        .replace(/"U":\d+/, '"U":1')
        .replace(/"pu":\d+/, '"pu":0')
        .replace(/"b":.*$/s, `"b":${withGone('bids', bids)},"a":${withGone('asks', asks)}}}`);
    };
  });
}
