import type { Link, Topic } from '../../../socket/plan.js';
import { domOf } from '../topics.js';

export interface DomChannelsConfig {
  readonly link: Pick<Link, 'deliver' | 'send' | 'changed' | 'interrupted' | 'confirmed' | 'rejected'>;
  readonly nextId: () => number;
  readonly later: (ms: number, run: () => void) => void;
}

interface Dom {
  readonly topic: Topic;
  isOpen: boolean;
  /** What the venue said last on this channel, if it was a refusal. */
  refusal: string | undefined;
}

/** Pause before a channel that the venue closed is asked for again, in ms. */
const REOPEN = 1_000;

/** The DOM channels of one session: one a subscription, which is its request. */
export class DomChannels {
  private readonly byId = new Map<number, Dom>();
  private readonly pausing = new Set<string>();

  constructor(private readonly config: DomChannelsConfig) {}

  admits({ key }: Topic): boolean {
    return !this.pausing.has(key);
  }

  subscribe(topic: Topic): readonly string[] {
    const { symbol, sources } = domOf(topic);
    const gone = this.unsubscribe(topic);
    const id = this.config.nextId();
    this.byId.set(id, { topic, isOpen: false, refusal: undefined });
    const parameters = { symbol, sources };
    return [...gone, JSON.stringify({ type: 'CHANNEL_REQUEST', channel: id, service: 'DOM', parameters })];
  }

  unsubscribe({ key }: Topic): readonly string[] {
    const ids = [...this.byId].filter(([, { topic }]) => topic.key === key).map(([id]) => id);
    for (const id of ids) this.byId.delete(id);
    return ids.map((channel) => JSON.stringify({ type: 'CHANNEL_CANCEL', channel }));
  }

  /** Must be answered, even with nothing in it, before snapshots start. */
  opened(id: number): void {
    const dom = this.byId.get(id);
    if (dom === undefined) return;
    dom.isOpen = true;
    const { depthLimit, aggregationPeriod } = domOf(dom.topic);
    this.config.link.send(
      JSON.stringify({
        type: 'DOM_SETUP',
        channel: id,
        ...(aggregationPeriod !== undefined && { acceptAggregationPeriod: aggregationPeriod }),
        ...(depthLimit !== undefined && { acceptDepthLimit: depthLimit }),
        acceptDataFormat: 'FULL',
        acceptOrderFields: ['price', 'size'],
      }),
    );
  }

  configured(id: number): void {
    const dom = this.byId.get(id);
    if (dom !== undefined) this.config.link.confirmed(dom.topic.key);
  }

  snapshot(id: number, frame: unknown): void {
    const dom = this.byId.get(id);
    if (dom !== undefined) this.config.link.deliver(dom.topic.key, frame);
  }

  /** The venue refuses something on a channel, in its words. */
  failed(id: number, text: string): void {
    const dom = this.byId.get(id);
    if (dom !== undefined) dom.refusal = text;
  }

  /** Closed before it was open, with a refusal: refused. Otherwise the venue's own affair, and asked for again. */
  closed(id: number): void {
    const dom = this.byId.get(id);
    if (dom === undefined) return;
    this.byId.delete(id);
    const { key } = dom.topic;
    if (!dom.isOpen && dom.refusal !== undefined) {
      this.config.link.rejected(key, dom.refusal);
      return;
    }
    this.pausing.add(key);
    this.config.later(REOPEN, () => {
      this.pausing.delete(key);
      this.config.link.changed();
    });
    this.config.link.interrupted(key);
  }

  /**
   * All channels are over, and who wants them waits to subscribe anew.
   *
   * @returns What ends them at the venue.
   */
  end(): readonly string[] {
    const doms = [...this.byId];
    this.byId.clear();
    for (const [, { topic }] of doms) this.config.link.interrupted(topic.key);
    return doms.map(([channel]) => JSON.stringify({ type: 'CHANNEL_CANCEL', channel }));
  }
}
