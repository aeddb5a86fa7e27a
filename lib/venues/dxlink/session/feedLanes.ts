import type { Topic } from '../../../socket/plan.js';
import { requestedFields, isEventType } from '../eventTypes.js';
import { CompactRows } from './compactRows.js';
import { FeedLane } from './feedLane.js';
import type { FeedLanesConfig } from './feedLanesConfig.js';
import { FieldWishes } from './fieldWishes.js';
import { FeedConfig } from '../frames.js';
import { RefusedContracts } from './refusedContracts.js';
import { Reopening } from './reopening.js';
import { subscriptionFrames } from './subscriptionFrames.js';
import { tellRows } from './tellRows.js';
import { UntoldFields } from './untoldFields.js';
import { UnreadFrames } from './unreadFrames.js';
import { type DxLinkContract, type FeedDetail, feedOf } from '../topics.js';

/** How long a channel may take to open, in ms. */
const OPEN_WITHIN = 10_000;

const cancel = (channel: number): string => JSON.stringify({ type: 'CHANNEL_CANCEL', channel });

/** The feed channels of one session, one a contract: opened when first wanted, each with its own fields. */
export class FeedLanes {
  private readonly byContract = new Map<DxLinkContract, FeedLane>();
  private readonly byId = new Map<number, FeedLane>();
  private readonly rows = new CompactRows();
  private readonly wishes: FieldWishes;
  private readonly reopening: Reopening;
  private readonly refused: RefusedContracts;
  private readonly unread: UnreadFrames;
  private readonly untold: UntoldFields;

  constructor(private readonly config: FeedLanesConfig) {
    const { later, link } = config;
    this.refused = new RefusedContracts(config);
    this.wishes = new FieldWishes(later, (contract, types) => {
      const lane = this.byContract.get(contract);
      if (lane === undefined) this.open(contract);
      else if (lane.isOpen) this.setUp(lane, types);
    });
    const doubt = (lane: FeedLane, why: string): void => {
      this.doubt(lane, why);
    };
    this.unread = new UnreadFrames(later, doubt);
    this.untold = new UntoldFields(doubt);
    this.reopening = new Reopening(later, () => {
      link.changed();
    });
  }

  /** Whether the topic's channel is open and knows the fields of its type; sees to it if not. Or else is refused. */
  admits(topic: Topic): boolean {
    const { contract, type } = feedOf(topic);
    if (this.refused.has(contract)) return true;
    const lane = this.byContract.get(contract);
    if (lane?.isOpen === true && lane.requested.has(type)) return true;
    this.wishes.add(contract, type);
    return false;
  }

  subscribe(topics: readonly Topic[]): readonly string[] {
    this.refused.reject(topics);
    const framesOf = this.framesOf('add', topics);
    for (const topic of topics) {
      const lane = this.byContract.get(feedOf(topic).contract);
      if (lane?.isMute(topic.key) === true) this.doubt(lane, 'does not answer');
    }
    return framesOf;
  }

  /** Not at once: a subscription is being made up, or a frame is being told. */
  private doubt(lane: FeedLane, why: string): void {
    this.config.later(0, () => {
      if (this.byId.get(lane.id) === lane) this.abandon(lane, why);
    });
  }

  /** A frame that nobody can read, of whatever channel. */
  missed(text: string): void {
    this.unread.missed(text, this.byId.values());
  }

  unsubscribe(topics: readonly Topic[]): readonly string[] {
    return this.framesOf('remove', topics);
  }

  /** @returns Whether the channel is one of these. */
  opened(id: number): boolean {
    this.reopening.answered();
    const lane = this.byId.get(id);
    if (lane === undefined) return false;
    lane.isOpen = true;
    this.setUp(lane, this.wishes.of(lane.contract));
    return true;
  }

  granted(id: number, frame: unknown): void {
    const lane = this.byId.get(id);
    if (lane === undefined) return;
    const result = FeedConfig.decode(frame);
    if (result._tag === 'Left') {
      this.doubt(lane, 'told fields that can’t be read');
      throw new TypeError('dxlink.FeedConfig that can’t be read');
    }
    lane.grant(result.right.eventFields);
  }

  /**
   * The same of the text of a frame that is as plain as nearly all are, without making lists and objects of it first.
   *
   * @returns Whether it is.
   */
  plainData(text: string): boolean {
    const lane = this.byId.get(this.rows.channelOf(text));
    const events = lane && this.rows.eventsOf(text, (type) => lane.layoutOf(type));
    if (lane === undefined || events === undefined) return false;
    for (const read of events) {
      lane.settle(read.event.event);
      const key = lane.keyOf(read.event.event, read.event.instrument, read.source);
      if (key === undefined) continue;
      lane.heard();
      this.config.link.deliver(key, read);
    }
    this.reopening.works(lane.contract);
    return true;
  }

  /** Every row to its channel. What can't be read is thrown when all else is told. */
  data(id: number, data: unknown): void {
    const lane = this.byId.get(id);
    // Still under way for a channel that is over.
    if (lane === undefined || this.untold.areIn(data, lane)) return;
    try {
      const wrong = tellRows(lane, data, this.config);
      this.reopening.works(lane.contract);
      if (wrong !== undefined) throw new TypeError(wrong);
    } catch (error) {
      if (lane.isMisread()) this.doubt(lane, 'has rows of other fields than it told');
      throw error;
    }
  }

  /** The venue refuses something on a channel, in its words. */
  failed(id: number, text: string): void {
    const lane = this.byId.get(id);
    if (lane !== undefined) lane.refusal = text;
  }

  /**
   * The venue closed a channel by itself. Before it was open, with a refusal: whoever wants it within a minute is
   * refused, too. Otherwise whatever rode on it is subscribed anew on the next one.
   */
  closed(id: number): boolean {
    const lane = this.byId.get(id);
    if (lane === undefined) return false;
    this.discard(lane);
    this.reopening.answered();
    if (lane.isOpen || lane.refusal === undefined) this.reopening.over(lane.contract);
    else {
      this.refused.add(lane.contract, lane.refusal);
      this.wishes.discard(lane.contract);
      this.config.link.changed();
    }
    for (const key of lane.riders()) this.config.link.interrupted(key);
    return true;
  }

  /**
   * All channels are over, and those that ride on them wait to subscribe anew: the venue took our rights away.
   *
   * @returns What ends them at the venue.
   */
  end(): readonly string[] {
    this.refused.clear();
    this.wishes.clear();
    const lanes = [...this.byId.values()];
    for (const lane of lanes) this.discard(lane);
    for (const lane of lanes) for (const key of lane.riders()) this.config.link.interrupted(key);
    return lanes.map(({ id }) => cancel(id));
  }

  private discard({ id, contract }: FeedLane): void {
    this.byId.delete(id);
    this.byContract.delete(contract);
  }

  private open(contract: DxLinkContract): void {
    if (!this.reopening.mayOpen(contract)) return;
    const id = this.config.nextId();
    const lane = new FeedLane(id, contract);
    this.byContract.set(contract, lane);
    this.byId.set(id, lane);
    const parameters = { contract };
    this.config.link.send(JSON.stringify({ type: 'CHANNEL_REQUEST', channel: id, service: 'FEED', parameters }));
    this.config.later(OPEN_WITHIN, () => {
      // Asked for again: whoever wants it would wait for ever.
      if (lane.isOpen || this.byId.get(id) !== lane) return;
      // Its rights may be gone, and the word of that was lost.
      if (this.reopening.isVain()) this.config.link.lose('silent', 'channels are not opened any more');
      else this.abandon(lane, `was not opened within ${OPEN_WITHIN} ms`);
    });
  }

  private abandon(lane: FeedLane, why: string): void {
    const { link } = this.config;
    this.discard(lane);
    link.send(cancel(lane.id));
    link.report(`the channel ${lane.contract} ${why}`);
    this.reopening.over(lane.contract);
    for (const key of lane.riders()) link.interrupted(key);
  }

  /** Asks for the fields of types that are new on this lane; the first time for format and period, too. */
  private setUp(lane: FeedLane, types: ReadonlySet<string>): void {
    const { link, dataFormat, aggregationPeriod } = this.config;
    this.wishes.discard(lane.contract);
    const fresh = [...types].filter((type) => !lane.requested.has(type));
    if (fresh.length === 0) return;
    const isFirst = lane.requested.size === 0;
    for (const type of fresh) lane.request(type);
    const general = { acceptAggregationPeriod: aggregationPeriod(lane.contract), acceptDataFormat: dataFormat };
    const acceptEventFields = Object.fromEntries(
      fresh.filter(isEventType).map((type) => [type, requestedFields(type)]),
    );
    link.send(JSON.stringify({ type: 'FEED_SETUP', channel: lane.id, ...(isFirst && general), acceptEventFields }));
    link.changed();
  }

  /** What is to be said about some topics, in frames of one lane each and none too long. */
  private framesOf(verb: 'add' | 'remove', topics: readonly Topic[]): readonly string[] {
    const frames: string[] = [];
    const byLane = new Map<FeedLane, FeedDetail[]>();
    for (const topic of topics) {
      const { key } = topic;
      const detail = feedOf(topic);
      const lane = this.byContract.get(detail.contract);
      // A lane that is over took its subscriptions with it.
      if (lane?.isOpen !== true || (verb === 'remove' && !lane.has(key, detail))) continue;
      lane[verb](key, detail);
      const entries = byLane.get(lane) ?? [];
      byLane.set(lane, entries);
      entries.push(detail);
    }
    for (const [lane, entries] of byLane) {
      frames.push(...subscriptionFrames(lane.id, verb, entries, this.config.requestBytes));
    }
    return frames;
  }
}
