import type { Feed } from './feed.js';

/** Someone who hears a feed. */
export type FeedListener = (feed: Feed, payload: string) => void;

interface Channel {
  readonly feed: Feed;
  readonly listeners: Set<FeedListener>;
  due: number;
}

/** The streams that somebody hears, each worked out once for all who do. */
export class FeedHub {
  private readonly channels = new Map<string, Channel>();

  join(stream: string, listener: FeedListener, make: () => Feed, now: number): void {
    let channel = this.channels.get(stream);
    if (channel === undefined) {
      const feed = make();
      channel = { feed, listeners: new Set(), due: now + feed.every };
      this.channels.set(stream, channel);
    }
    channel.listeners.add(listener);
  }

  leave(stream: string, listener: FeedListener): void {
    const channel = this.channels.get(stream);
    if (channel === undefined) return;
    channel.listeners.delete(listener);
    if (channel.listeners.size === 0) this.channels.delete(stream);
  }

  /** Tells what is due, or, `hurried`, what there is. */
  pulse(now: number, hurried: boolean): void {
    for (const channel of [...this.channels.values()]) {
      if (!hurried && now < channel.due) continue;
      const { feed, listeners } = channel;
      // A venue keeps its beat: a pulse that came late doesn't shift the frames after it.
      channel.due = hurried ? now + feed.every : Math.max(channel.due + feed.every, now - feed.every);
      for (const payload of feed.collect(now)) {
        for (const listener of [...listeners]) listener(feed, payload);
      }
    }
  }
}
