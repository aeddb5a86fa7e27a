import type { Broadcast } from '../broadcast.js';
import type { Broadcaster, BroadcastListener } from '../broadcaster.js';
import { VenueSession, type SessionHost } from '../venueSession.js';
import type { TopicBroadcast } from './topicBroadcast.js';

/** What a session of topics needs of its venue. */
export interface TopicHost<Limit extends string = string> extends SessionHost<Limit> {
  readonly broadcaster: Broadcaster<TopicBroadcast>;
}

/** One connection that hears the topics it has subscribed. */
export abstract class TopicSession<H extends TopicHost = TopicHost> extends VenueSession<H> {
  readonly #joined = new Map<string, BroadcastListener>();

  protected get subscriptions(): readonly string[] {
    return [...this.#joined.keys()];
  }

  protected has(topic: string): boolean {
    return this.#joined.has(topic);
  }

  /** Hears a topic from now on; what it begins with comes at once, unless it is not wanted. */
  protected join(topic: string, make: () => TopicBroadcast, isOpened = true): void {
    const { broadcaster } = this.host;
    const listener: BroadcastListener = (broadcast, payload) => {
      this.#emit(topic, broadcast, payload, broadcast.diff);
    };
    this.#joined.set(topic, listener);
    const at = this.host.now();
    const broadcast = broadcaster.join(topic, listener, make, at);
    if (!isOpened) return;
    for (const payload of broadcast.opening(at)) this.#emit(topic, broadcast, payload, false);
  }

  /** Whether there was such a topic. */
  protected leave(topic: string): boolean {
    const listener = this.#joined.get(topic);
    if (listener === undefined) return false;
    this.#joined.delete(topic);
    this.host.broadcaster.leave(topic, listener);
    return true;
  }

  protected override left(): void {
    for (const topic of [...this.#joined.keys()]) this.leave(topic);
  }

  /** A payload of a topic as it goes over the wire. Called once for each, in order, whatever becomes of it. */
  protected framed(_topic: string, payload: string): string {
    return payload;
  }

  #emit(topic: string, broadcast: Broadcast, payload: string, diff: boolean): void {
    const { stream } = broadcast;
    const crossed = (): string | undefined => {
      const other = broadcast.cross?.(payload);
      return other === undefined ? undefined : text.replace(payload, () => other);
    };
    const text = this.framed(topic, payload);
    if (this.speaks()) this.pass(diff ? { stream, diff, text, crossed } : { stream, diff, text });
  }
}
