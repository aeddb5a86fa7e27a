import type { Broadcast } from './broadcast.js';

/** Someone who hears a broadcast. */
export type BroadcastListener = (broadcast: Broadcast, payload: string) => void;

interface Channel<B extends Broadcast> {
  readonly broadcast: B;
  readonly listeners: Set<BroadcastListener>;
  due: number;
}

/** The streams that somebody hears, each worked out once for all who do. */
export class Broadcaster<B extends Broadcast = Broadcast> {
  private readonly channels = new Map<string, Channel<B>>();

  /** Returns the broadcast, the same for all who hear it. */
  join(stream: string, listener: BroadcastListener, make: () => B, now: number): B {
    let channel = this.channels.get(stream);
    if (channel === undefined) {
      const broadcast = make();
      channel = { broadcast, listeners: new Set(), due: now + broadcast.every };
      this.channels.set(stream, channel);
    }
    channel.listeners.add(listener);
    return channel.broadcast;
  }

  leave(stream: string, listener: BroadcastListener): void {
    const channel = this.channels.get(stream);
    if (channel === undefined) return;
    channel.listeners.delete(listener);
    if (channel.listeners.size === 0) this.channels.delete(stream);
  }

  /** Tells what is due, or, `hurried`, what there is. */
  pulse(now: number, hurried: boolean): void {
    for (const channel of [...this.channels.values()]) {
      if (!hurried && now < channel.due) continue;
      const { broadcast, listeners } = channel;
      // A venue keeps its beat: a pulse that came late doesn't shift the frames after it.
      channel.due = hurried ? now + broadcast.every : Math.max(channel.due + broadcast.every, now - broadcast.every);
      for (const payload of broadcast.collect(now)) {
        for (const listener of [...listeners]) listener(broadcast, payload);
      }
    }
  }
}
