import * as t from 'io-ts';
import { type OperatorFunction, Observable } from 'rxjs';
import type { AccountUpdate } from '../../../feed/accountFeed.js';
import { endsTo } from '../../../feed/endsTo.js';
import type { FoldContext } from '../../../feed/venueCore.js';
import type { AccountReset, AccountState } from '../../../model/accountEvent.js';
import type { Position } from '../../../model/position.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import type { Link } from '../../../socket/plan.js';
import { PositionFrame, positionDecimals } from './accountFrames.js';
import type { StreamReader } from '../session/dialect.js';
import { type Unread, sparingReader } from '../../../codec/sparing.js';
import { byLine } from '../session/ownStreams.js';
import { timeOf } from '../scalars.js';
import { known as readable, numberOf, told } from '../told.js';
import { type TradestationStreamRequest, topicOf } from '../topics.js';

type PositionDecimal = (typeof positionDecimals)[number];

/** One position as it stands, put together out of a full frame and the changes since. */
export interface TradestationPosition extends Position {
  readonly positionId: string;
  readonly account: string;
  readonly assetType: string | undefined;
  readonly averagePrice: number | undefined;
  readonly last: number | undefined;
  readonly marketValue: number | undefined;
  readonly totalCost: number | undefined;
  readonly unrealizedProfitLoss: number | undefined;
  readonly todaysProfitLoss: number | undefined;
  /** When it was opened, in ms. */
  readonly openedAt: number | undefined;
  /** Every number as the venue wrote it, under the venue's own names. */
  readonly exact: Readonly<Partial<Record<PositionDecimal, string>>>;
}

/** What the stream told of one position. */
export type TradestationPositionEvent =
  | { readonly type: 'changed'; readonly position: TradestationPosition }
  | { readonly type: 'deleted'; readonly positionId: string };

/** By position id. */
export type TradestationPositions = ReadonlyMap<string, TradestationPosition>;

type Message = { readonly type: 'frames'; readonly frames: readonly PositionFrame[] } | { readonly type: 'synced' };

/** `EndSnapshot` is a message of its own: what was told until then is all there is. */
export const positionsReader =
  (key: string) =>
  (link: Link): StreamReader => {
    const lines = byLine(key)(link);
    return {
      ...lines,
      endSnapshot: () => {
        lines.flush();
        link.deliver(key, SYNCED);
      },
    };
  };
const SYNCED = { synced: true } as const;

const PositionFrames = t.readonlyArray(PositionFrame, 'tradestation.Positions');

export const positionsChannel = (request: TradestationStreamRequest, unread: Unread): ChannelSpec<Message> => {
  const read = sparingReader(PositionFrames, [], unread, (frames): Message => ({ type: 'frames', frames }));
  return {
    topic: topicOf(request),
    decode: (payload, at) => (payload === SYNCED ? t.success({ type: 'synced' }) : read(payload, at)),
  };
};

/**
 * Folds the positions of accounts out of their stream, which begins with all of them: live from EndSnapshot on. A change
 * of a position that is not known, or a frame that could not be read, means that something is missing; nothing is
 * numbered, so the stream is begun anew.
 */
export const foldPositions =
  ({
    resubscribe,
    scheduler,
  }: FoldContext): OperatorFunction<
    ChannelEvent<Message>,
    AccountUpdate<TradestationPositionEvent, TradestationPositions>
  > =>
  (events$) =>
    new Observable((subscriber) => {
      let frames = new Map<string, PositionFrame>();
      let positions: TradestationPositions = new Map();
      let state: AccountState<TradestationPositions> = { status: 'syncing' };
      let next: AccountReset['reason'] = 'connected';

      const doubt = (reason: Extract<typeof state, { status: 'stale' }>['reason'], since: number): void => {
        if (state.status !== 'live') return;
        state = { status: 'stale', value: state.value, reason, since };
        subscriber.next({ event: undefined, state });
      };
      const miss = (at: number): void => {
        doubt('gap', at);
        next = 'gap';
        resubscribe();
      };
      /** @returns What it told; `undefined` where that is a change of something that is not known. */
      const take = (frame: PositionFrame, after: Map<string, TradestationPosition>) => {
        const { PositionID: id } = frame;
        const known = frames.get(id);
        const isWhole = frame.Symbol !== undefined && frame.Quantity !== undefined;
        if (frame.Deleted === true) {
          frames.delete(id);
          after.delete(id);
          return { type: 'deleted', positionId: id } as const;
        }
        if (known === undefined && !isWhole) return undefined;
        const whole = { ...known, ...told(frame), PositionID: id };
        const position = positionOf(whole);
        frames.set(id, whole);
        after.set(id, position);
        return { type: 'changed', position } as const;
      };
      /** All that a line told is one step. */
      const receive = (line: readonly PositionFrame[]): void => {
        const at = scheduler.now();
        const after = new Map(positions);
        const values: TradestationPositionEvent[] = [];
        for (const frame of line) {
          const value = take(frame, after);
          if (value === undefined) {
            miss(at);
            return;
          }
          values.push(value);
        }
        positions = after;
        if (state.status === 'live') state = { status: 'live', value: positions };
        for (const value of values) subscriber.next({ event: { type: 'event', value, at }, state });
      };
      const advance = (event: ChannelEvent<Message>): void => {
        switch (event.type) {
          case 'begun':
            frames = new Map();
            positions = new Map();
            subscriber.next({ event: { type: 'reset', reason: next, at: event.at }, state });
            next = 'reconnected';
            return;
          case 'lost':
            doubt(event.reason, event.at);
            return;
          case 'missed':
            miss(event.at);
            return;
          case 'message':
            if (event.value.type === 'frames') receive(event.value.frames);
            else {
              state = { status: 'live', value: positions };
              subscriber.next({ event: { type: 'snapshot', value: positions, at: scheduler.now() }, state });
            }
            return;
          case 'confirmed':
        }
      };
      subscriber.next({ event: undefined, state });
      subscriber.add(events$.subscribe(endsTo(subscriber, advance)));
    });

function positionOf(frame: PositionFrame): TradestationPosition {
  // Shorts are negative already; where one is told by its side alone, that decides.
  const quantity = Number(frame.Quantity ?? '0');
  return {
    instrument: frame.Symbol ?? '',
    size: frame.LongShort === 'Short' ? -Math.abs(quantity) : quantity,
    positionId: frame.PositionID,
    account: frame.AccountID ?? '',
    assetType: frame.AssetType ?? undefined,
    averagePrice: numberOf(frame.AveragePrice),
    last: numberOf(frame.Last),
    marketValue: numberOf(frame.MarketValue),
    totalCost: numberOf(frame.TotalCost),
    unrealizedProfitLoss: numberOf(frame.UnrealizedProfitLoss),
    todaysProfitLoss: numberOf(frame.TodaysProfitLoss),
    openedAt: timeOf(frame.Timestamp),
    exact: readable(Object.fromEntries(positionDecimals.map((name) => [name, frame[name]]))),
  };
}
