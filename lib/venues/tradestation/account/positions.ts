import * as t from 'io-ts';
import { listOfSpared } from '../../../codec/list.js';
import { EMPTY, type OperatorFunction, concat, concatMap, defer, from, scan, startWith } from 'rxjs';
import type { AccountUpdate } from '../../../feed/account/accountFeed.js';
import type { FoldContext } from '../../../feed/foldContext.js';
import type { AccountReset, AccountState } from '../../../model/accountEvent.js';
import type { LossReason } from '../../../model/connection.js';
import type { Position } from '../../../model/position.js';
import { invalidated, syncing, trusted } from '../../../model/trust.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import type { Link } from '../../../socket/plan.js';
import { PositionFrame, positionDecimals } from './accountFrames.js';
import type { StreamReader } from '../session/dialect.js';
import { type Unread, sparingReader } from '../../../codec/sparing.js';
import { snapshotWithin } from './snapshotWithin.js';
import { byLine } from '../session/ownStreams.js';
import { timeOf } from '../scalars.js';
import { known as readable, numberOf, present } from '../present.js';
import { type TradestationStreamRequest, topicOf } from '../topics.js';

type PositionDecimal = (typeof positionDecimals)[number];

/** One position as it stands, put together out of a full frame and the changes since. */
export interface TradestationPosition extends Position {
  readonly positionId: string;
  readonly account: string;
  /** The venue’s own: `STOCK`, `FUTURE`. */
  readonly assetType: string | undefined;
  /** What a unit was had at, in the currency of the symbol. */
  readonly averagePrice: number | undefined;
  /** The price of the last trade. */
  readonly last: number | undefined;
  /** What the position is worth by that, in money; so are the three below. */
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

/** How long EndSnapshot may take, in ms: as long as a client of others waits for it (QuantConnect's Lean). */
const ENDS_WITHIN = 25_000;

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

const PositionFrames = listOfSpared(PositionFrame, 'tradestation.Positions');

export const positionsChannel = (request: TradestationStreamRequest, unread: Unread): ChannelSpec<Message> => {
  const read = sparingReader(PositionFrames, [], unread, (frames): Message => ({ type: 'frames', frames }));
  return {
    topic: topicOf(request),
    decode: (payload, at) => (payload === SYNCED ? t.success({ type: 'synced' }) : read(payload, at)),
  };
};

/** What the stream has told of the positions. */
interface KnownPositions {
  readonly claim: AccountState<TradestationPositions>;
  /** As what the next beginning is told. */
  readonly next: AccountReset['reason'];
  /** By position id: what was told of each in this session, laid together. */
  readonly frames: ReadonlyMap<string, PositionFrame>;
  readonly positions: TradestationPositions;
}

type Update = AccountUpdate<TradestationPositionEvent, TradestationPositions>;

/** What comes of one event of the channel. */
interface PositionsStep {
  readonly known: KnownPositions;
  readonly updates: readonly Update[];
  /** Something is missing: the stream is to be begun anew. */
  readonly isBroken?: boolean;
}

const nothingKnown: KnownPositions = { claim: syncing, next: 'connected', frames: new Map(), positions: new Map() };

/**
 * Folds the positions of accounts out of their stream, which begins with all of them: live from EndSnapshot on. A change
 * of a position that is not known, or a frame that could not be read, means that something is missing; nothing is
 * numbered, so the stream is begun anew. So it is where EndSnapshot does not come.
 */
export const foldPositions =
  ({ channel, resubscribe, scheduler, report }: FoldContext): OperatorFunction<ChannelEvent<Message>, Update> =>
  (events$) =>
    events$.pipe(
      snapshotWithin({ channel, scheduler, report, within: ENDS_WITHIN, isEnd: ({ type }) => type === 'synced' }),
      scan(({ known }: PositionsStep, event) => advance(known, event, scheduler.now()), {
        known: nothingKnown,
        updates: [],
      }),
      startWith<PositionsStep>({ known: nothingKnown, updates: [{ event: undefined, state: syncing }] }),
      concatMap(({ updates, isBroken = false }) =>
        concat(
          from(updates),
          defer(() => {
            if (isBroken) resubscribe();
            return EMPTY;
          }),
        ),
      ),
    );

function advance(known: KnownPositions, event: ChannelEvent<Message>, now: number): PositionsStep {
  switch (event.type) {
    case 'begun': {
      const { claim, next } = known;
      const begun: KnownPositions = { ...nothingKnown, claim, next: 'reconnected' };
      return { known: begun, updates: [{ event: { type: 'reset', reason: next, at: event.at }, state: claim }] };
    }
    case 'lost':
      // It was us who had it begun anew.
      return known.next === 'gap' ? { known, updates: [] } : doubtedBy(known, event.reason, event.at);
    case 'missed':
      return missed(known, event.at);
    case 'message':
      return event.value.type === 'frames' ? receive(known, event.value.frames, now) : synced(known, now);
    case 'confirmed':
    case 'late':
      return { known, updates: [] };
  }
}

function synced(known: KnownPositions, at: number): PositionsStep {
  const { positions: value } = known;
  const claim = trusted({ value });
  return { known: { ...known, claim }, updates: [{ event: { type: 'snapshot', value, at }, state: claim }] };
}

/** All that a line told is one step. */
function receive(known: KnownPositions, line: readonly PositionFrame[], at: number): PositionsStep {
  const frames = new Map(known.frames);
  const positions = new Map(known.positions);
  const events: TradestationPositionEvent[] = [];
  for (const frame of line) {
    const value = take(frames, positions, frame);
    if (value === undefined) return missed(known, at);
    events.push(value);
  }
  const claim = known.claim.status === 'live' ? trusted({ value: positions }) : known.claim;
  const updates = events.map((value): Update => ({ event: { type: 'event', value, at }, state: claim }));
  return { known: { ...known, claim, frames, positions }, updates };
}

/** @returns What it told; `undefined` where that is a change of something that is not known. */
function take(
  frames: Map<string, PositionFrame>,
  positions: Map<string, TradestationPosition>,
  frame: PositionFrame,
): TradestationPositionEvent | undefined {
  const { PositionID: id } = frame;
  const before = frames.get(id);
  if (frame.Deleted === true) {
    frames.delete(id);
    positions.delete(id);
    return { type: 'deleted', positionId: id };
  }
  const isWhole = frame.Symbol !== undefined && frame.Quantity !== undefined;
  if (before === undefined && !isWhole) return undefined;
  const whole = { ...before, ...present(frame), PositionID: id };
  const position = positionOf(whole);
  frames.set(id, whole);
  positions.set(id, position);
  return { type: 'changed', position };
}

const missed = (known: KnownPositions, at: number): PositionsStep => ({
  ...doubtedBy({ ...known, next: 'gap' }, 'gap', at),
  isBroken: true,
});

function doubtedBy(known: KnownPositions, reason: LossReason | 'gap', at: number): PositionsStep {
  const claim = invalidated<{ readonly value: TradestationPositions }, LossReason | 'gap' | 'resync' | 'unreadable'>(
    known.claim,
    reason,
    at,
  );
  return { known: { ...known, claim }, updates: claim === known.claim ? [] : [{ event: undefined, state: claim }] };
}

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
