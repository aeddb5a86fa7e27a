import type { Broadcast } from '../broadcast.js';
import type { TapeTrade } from '../market/tape.js';
import { seedFor } from '../random.js';
import { type Asset, nanosOf } from './assets.js';

/** What becomes of a pending trade. */
export type Outcome = 'Confirmed' | 'Rollbacked';

/** One trade of twenty is rolled back, the same ones for the same seed. */
export const outcomeOf = (seed: number, symbol: string, id: number): Outcome =>
  seedFor(seed, `settles ${symbol} ${id}`) % 20 === 0 ? 'Rollbacked' : 'Confirmed';

export interface TradeBroadcastConfig {
  readonly stream: string;
  readonly assets: readonly Asset[];
  readonly seed: number;
  /** How long a trade is pending, in ms. */
  readonly settleAfter: number;
}

interface Pending {
  readonly asset: Asset;
  readonly trade: TapeTrade;
}

/** `/trades/events`: each trade of each market when it happens, and again when it is settled. */
export function allTradesBroadcast(config: TradeBroadcastConfig): Broadcast {
  return tradeBroadcast(config, ({ asset, trade }, status) => `{"${status}":${tradeText(asset, trade, status)}}`);
}

/** `/trades`: each trade of each market that is confirmed, when it is. */
export function finalizedTradesBroadcast(config: TradeBroadcastConfig): Broadcast {
  return tradeBroadcast(config, ({ asset, trade }, status) =>
    status === 'Confirmed' ? tradeText(asset, trade, status) : undefined,
  );
}

function tradeBroadcast(
  { stream, assets, seed, settleAfter }: TradeBroadcastConfig,
  payloadOf: (pending: Pending, status: 'Pending' | Outcome) => string | undefined,
): Broadcast {
  const last = new Map(assets.map(({ id, instrument }) => [id, instrument.tape.lastTrade]));
  let pending: readonly Pending[] = [];
  return {
    stream,
    every: 0,
    diff: false,
    collect: (now) => {
      const texts: (string | undefined)[] = [];
      const isDue = ({ trade }: Pending): boolean => trade.at + settleAfter <= now;
      for (const one of pending.filter(isDue)) {
        texts.push(payloadOf(one, outcomeOf(seed, one.asset.instrument.spec.symbol, one.trade.id)));
      }
      pending = pending.filter((one) => !isDue(one));
      for (const asset of assets) {
        const { tape } = asset.instrument;
        const trades = tape.tradesAfter(last.get(asset.id) ?? 0).map((trade) => ({ asset, trade }));
        last.set(asset.id, tape.lastTrade);
        pending = [...pending, ...trades];
        texts.push(...trades.map((one) => payloadOf(one, 'Pending')));
      }
      return texts.filter((text) => text !== undefined);
    },
  };
}

export function tradeText({ id, instrument }: Asset, trade: TapeTrade, status: 'Pending' | Outcome): string {
  const { tick, lots, at, side } = trade;
  const { units } = instrument;
  return (
    `{"asset_id":"${id}","trade_id":${trade.id},"order_id":"","price":"${units.priceText(tick)}"` +
    `,"quantity":"${units.sizeText(lots)}","timestamp_ns":${nanosOf(at, trade.id % 1_000_000)}` +
    `,"buyer_is_maker":${side === 'sell'},"status":"${status}"}`
  );
}
