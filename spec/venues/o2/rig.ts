import type { ConnectionState, Fault } from '../../../lib/index.js';
import { type FakeNetwork, type FakeWire, fakeNetwork } from '../../../lib/testing/index.js';
import { type O2Exchange, type O2Options, o2 } from '../../../lib/venues/o2/index.js';
import { Clock } from '../../support/fakeVenue.js';

/** The market of the protocol's examples: 9 decimals on both sides. */
export const MARKET = '0xc0c5c48315d8cfff9f00777f81fdf04e9b4ef69e802a1a068549a8d6a06ee19f';
export const ACCOUNT = '0x1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a';
export const [BASE, QUOTE] = [`0x${'2'.repeat(64)}`, `0x${'3'.repeat(64)}`];

const asset = (symbol: string, id: string) => ({ symbol, asset: id, decimals: 9, max_precision: 9 });
export const marketsBody = (ids: readonly string[]): string =>
  JSON.stringify({
    markets: ids.map((id) => ({
      market_id: id,
      contract_id: '0x9ad52fb8',
      base: asset(id === MARKET ? 'ETH' : id, BASE),
      quote: asset('USDC', QUOTE),
    })),
  });

export interface Rig {
  readonly exchange: O2Exchange;
  readonly network: FakeNetwork;
  readonly faults: Fault[];
  readonly connection: ConnectionState[];
  /** Lets virtual time pass, in ms. */
  pass(ms: number): void;
  /** Sets the clock forward, or back where it is below 0, in ms. No time passes. */
  adjust(ms: number): void;
  wire(index?: number): FakeWire;
  /** What was sent on a wire: texts as they are, frames by their action. */
  said(index?: number): readonly string[];
}

export interface RigConfig extends O2Options {
  /** Ids of the markets there are; `undefined` leaves the question for them to `rest`. */
  readonly markets?: readonly string[] | undefined;
  /** Answers any other path. Default: not at all. */
  readonly rest?: (path: string) => unknown;
  /** Whether a ping is answered. Default: each. */
  readonly pongs?: () => boolean;
}

/** Wires open at once and answer pings; markets are known; nothing else is answered unless a test does. */
export function rig(config: RigConfig = {}): Rig {
  const { rest = () => undefined, pongs = () => true, markets: _, ...options } = config;
  const markets = 'markets' in config ? config.markets : [MARKET, '0xabc', 'market1'];
  const scheduler = new Clock();
  const network = fakeNetwork({
    onOpening: (wire) => scheduler.schedule(() => wire.open()),
    onSent: (wire, text) => {
      if (text === 'PING' && pongs()) scheduler.schedule(() => wire.status === 'open' && wire.receive('PONG'), 1);
    },
    onRequested: (request) => {
      const path = request.request.url.replace(/^https?:\/\/[^/]+/, '');
      const body = path === '/v1/markets' && markets !== undefined ? marketsBody(markets) : rest(path);
      if (body !== undefined) request.respond(body);
    },
  });
  const exchange = o2({ network, scheduler, random: () => 0.5, ...options });
  const faults: Fault[] = [];
  const connection: ConnectionState[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.connection$.subscribe((state) => connection.push(state));
  const wire = (index = 0): FakeWire => {
    const found = network.wires[index];
    if (found === undefined) throw new Error(`no wire ${index} was opened`);
    return found;
  };
  return {
    exchange,
    network,
    faults,
    connection,
    pass: (ms) => {
      scheduler.advance(ms);
    },
    adjust: (ms) => {
      scheduler.adjust(ms);
    },
    wire,
    said: (index) =>
      wire(index).sent.map((text) => (text.startsWith('{') ? (JSON.parse(text) as { action: string }).action : text)),
  };
}
