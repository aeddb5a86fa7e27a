import type { ReplaySpeed } from './values.js';

/** Those that are shown as tables: what an account holds, or quotes of several instruments. */
const TABLES = ['account', 'orders', 'fills', 'balances', 'board'] as const;
export type TableName = (typeof TABLES)[number];
/** What `watch` and `record` can follow. */
export const CHANNELS = ['book', 'trades', 'quotes', 'candles', 'ticker', ...TABLES] as const;
export type ChannelName = (typeof CHANNELS)[number];
export const isTable = (channel: ChannelName): channel is TableName => TABLES.some((name) => name === channel);

/** Which market of which venue, by the names of the venue table. */
export interface MarketRequest {
  readonly venue: string;
  readonly market: string;
}

/** A venue simulated in this process. */
export interface SimulationRequest {
  readonly seed: number;
  /** What goes wrong and when, in the words of `--faults`; `undefined`: the demonstration's own plan. */
  readonly faults: string | undefined;
}

/** Where the stream comes from: the venue itself, a server at a URL, or a simulated venue of our own. */
export type SourceRequest =
  | { readonly kind: 'live' }
  | { readonly kind: 'url'; readonly url: string }
  | ({ readonly kind: 'simulated' } & SimulationRequest);

export interface WatchRequest extends MarketRequest {
  readonly command: 'watch';
  /** `relayed`: a gateway, by a bus or by its WebSocket. */
  readonly source: SourceRequest | { readonly kind: 'relayed'; readonly url: string };
  /** The first one is shown whole. */
  readonly instruments: readonly string[];
  readonly channel: ChannelName;
  readonly interval: string;
  /** Levels shown on each side; `undefined`: what fits. */
  readonly depth: number | undefined;
  readonly json: boolean;
  /** A page in the place of the terminal, at a port or at any. */
  readonly web: { readonly port: number | undefined } | undefined;
  /** In ms; `undefined`: until stopped. */
  readonly for: number | undefined;
}

export interface ReplayRequest {
  readonly command: 'replay';
  readonly file: string;
  /** `undefined`: as it was on a terminal, as fast as possible elsewhere. */
  readonly speed: ReplaySpeed | undefined;
  readonly instrument: string | undefined;
  /** `undefined`: the book of the instrument, or else its trades. */
  readonly channel: ChannelName | undefined;
  /** Of candles; `undefined`: a minute where the venue has it. */
  readonly interval: string | undefined;
  readonly depth: number | undefined;
  readonly json: boolean;
}

export interface RecordRequest extends MarketRequest {
  readonly command: 'record';
  readonly source: SourceRequest;
  readonly instruments: readonly string[];
  readonly channels: readonly ChannelName[];
  readonly interval: string;
  readonly out: string;
  readonly force: boolean;
  readonly for: number;
}

export interface SimulateRequest extends MarketRequest, SimulationRequest {
  readonly command: 'simulate';
  readonly port: number;
  readonly for: number | undefined;
}

/** What is relayed: streams of a venue, or what gateways say on a bus. */
export type RelaySource =
  | { readonly kind: 'bus'; readonly servers: readonly string[] }
  | (MarketRequest & {
      readonly kind: 'venue';
      readonly source: SourceRequest;
      readonly instruments: readonly string[];
      readonly channels: readonly ChannelName[];
      readonly interval: string;
      /** The gateway's name. */
      readonly as: string;
      /** `undefined`: no bus but this process. */
      readonly nats: readonly string[] | undefined;
    });

export interface RelayRequest {
  readonly command: 'relay';
  readonly source: RelaySource;
  /** Where WebSockets are taken, if any are. */
  readonly listen: { readonly host: string; readonly port: number } | undefined;
  readonly origins: readonly string[];
  readonly for: number | undefined;
}

/** Help or version: something to print, and that's all. */
export interface TextRequest {
  readonly command: 'text';
  readonly text: string;
}

export type CliRequest = WatchRequest | ReplayRequest | RecordRequest | SimulateRequest | RelayRequest | TextRequest;
