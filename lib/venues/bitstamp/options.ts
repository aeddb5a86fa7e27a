import { check, checkWhole } from '../../errors/checks.js';
import { aNumber, aText, baseOf, checkOptions, restOf } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { CHANNELS_PER_WIRE, SNAPSHOT_AFTER, SOCKET, restOfHost } from './endpoint.js';

/** Which Bitstamp is talked to, and how. */
export interface BitstampOptions extends ExchangeOptions {
  /** The sockets' address. Default: `wss://ws.bitstamp.net`. */
  readonly url?: string;
  /**
   * Where requests go, `https://…`. Default: `https://www.bitstamp.net`; where `url` names another host, that one: a book must not be
   * made of two.
   */
  readonly restUrl?: string;
  /**
   * How long after it is wanted a snapshot is asked for, in ms: snapshots show the book as it was up to 2.6 s before, and one
   * that is older than the stream lacks what came between. Default: 3,000.
   */
  readonly snapshotAfter?: number;
  /** Channels on one connection before a further one is opened. Default: 100. The venue names no limit. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly snapshotAfter: number;
  readonly channelsPerWire: number;
}

const rules = { ...exchangeRules, url: aText, restUrl: aText, snapshotAfter: aNumber, channelsPerWire: aNumber };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: BitstampOptions): Settings {
  checkOptions('options', options, rules);
  const socketUrl = baseOf('url', 'ws', options.url ?? SOCKET);
  const { snapshotAfter = SNAPSHOT_AFTER, channelsPerWire = CHANNELS_PER_WIRE } = options;
  check('snapshotAfter', snapshotAfter >= 0, 'a number of ms from 0 on', snapshotAfter);
  checkWhole('channelsPerWire', 10_000, channelsPerWire);
  return {
    socketUrl,
    restUrl: restOf(options.restUrl, socketUrl, restOfHost),
    snapshotAfter,
    channelsPerWire,
  };
}
