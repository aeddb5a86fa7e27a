export { type KrakenDepth, krakenDepths } from './depths.js';
export type { KrakenExchange, KrakenV1Exchange } from './exchange.js';
export type { KrakenBookOptions } from './depths.js';
export { type KrakenInterval, krakenIntervals } from './intervals.js';
export type { KrakenOptions } from './options.js';
export { krakenV1 } from './v1/krakenV1.js';
export { kraken } from './v2/kraken.js';
