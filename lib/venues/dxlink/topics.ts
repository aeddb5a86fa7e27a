import { check } from '../../errors/checks.js';
import { checkText } from '../../errors/optionRules.js';
import type { Topic } from '../../socket/plan.js';
import { type DxLinkEventType, isEventType } from './eventTypes.js';

/**
 * What a feed channel promises. `TICKER`: the latest value, conflated; `STREAM`: every event; `HISTORY`: a snapshot, then
 * every change; `AUTO`: what suits each type.
 */
export type DxLinkContract = 'TICKER' | 'STREAM' | 'HISTORY' | 'AUTO';

/** A subscription within a feed channel. */
export interface FeedDetail {
  readonly service: 'FEED';
  readonly contract: DxLinkContract;
  readonly type: DxLinkEventType;
  readonly symbol: string;
  readonly source?: string | undefined;
  /** ms since 1970. */
  readonly fromTime?: number | undefined;
}

/** A channel of the DOM service. */
export interface DomDetail {
  readonly service: 'DOM';
  readonly symbol: string;
  readonly sources: readonly string[];
  readonly depthLimit: number | undefined;
  /** In seconds. */
  readonly aggregationPeriod: number | undefined;
}

/** The one kind of wire there is. */
export const GROUP = 'dxlink';

/** What rows are routed by within one wire. */
export const entryKey = (type: string, symbol: string, source?: unknown): string =>
  typeof source === 'string' && source !== '' ? `${type} ${symbol} ${source}` : `${type} ${symbol}`;

export function feedTopic(detail: Omit<FeedDetail, 'service'>): Topic {
  const { contract, type, symbol, source, fromTime } = detail;
  check('type', isEventType(type), 'an event type such as Quote', type);
  checkSymbol(symbol);
  const isAllowed = symbol !== '*' || contract === 'STREAM' || contract === 'AUTO';
  check('symbol', isAllowed, 'a symbol; * is for STREAM and AUTO', symbol);
  const from = fromTime === undefined ? '' : ` from ${String(checkTime(fromTime))}`;
  const key = `${contract} ${entryKey(type, symbol, source)}`;
  return {
    key: key + from,
    group: GROUP,
    // A second subscription of the same rows replaces the first: with another time it takes a wire of its own.
    ...(from !== '' && { slot: key }),
    detail: { service: 'FEED', ...detail },
  };
}

export function domTopic(detail: Omit<DomDetail, 'service'>): Topic {
  const { symbol, sources, depthLimit, aggregationPeriod } = detail;
  checkSymbol(symbol);
  const key = ['DOM', symbol, sources.join(',') || '-', depthLimit ?? 'all', aggregationPeriod ?? 'default'].join(' ');
  return { key, group: GROUP, detail: { service: 'DOM', ...detail } };
}

export function isFeed({ detail }: Topic): boolean {
  return (detail as FeedDetail | DomDetail).service === 'FEED';
}
export const feedOf = ({ detail }: Topic): FeedDetail => detail as FeedDetail;
export const domOf = ({ detail }: Topic): DomDetail => detail as DomDetail;

/** @throws InvalidArgumentError for what dxFeed could not have as a symbol. */
export function checkSymbol(symbol: string): void {
  checkText('symbol', /^[^\s"\\]+$/, 'a streamer symbol such as AAPL', symbol);
}

/** A time in seconds would ask for everything since January 1970. */
function checkTime(time: number): number {
  check('from', Number.isInteger(time) && (time === 0 || time > 31_536_000_000), 'ms since 1970', time);
  return time;
}
