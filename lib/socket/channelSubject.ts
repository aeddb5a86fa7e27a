import type { Observer, Subscription } from 'rxjs';
import { FrameSubject } from '../network/frameSubject.js';
import type { ChannelEvent } from './channelEvent.js';

/**
 * A channel's events, for all who observe it. A late observer is told first how far the subscription has come: `begun`,
 * `confirmed` and `late`, as they stand. What is caused by telling so waits until it is told.
 */
export class ChannelSubject<T> extends FrameSubject<ChannelEvent<T>> {
  #story: readonly ChannelEvent<T>[] = [];
  /** What waits, while a late observer is told the story. */
  #held: (() => void)[] | undefined;

  override next(event: ChannelEvent<T>): void {
    if (this.#held === undefined) this.#emit(event);
    else {
      this.#held.push(() => {
        this.#emit(event);
      });
    }
  }

  override error(error: unknown): void {
    if (this.#held === undefined) super.error(error);
    else {
      this.#held.push(() => {
        super.error(error);
      });
    }
  }

  override complete(): void {
    if (this.#held === undefined) super.complete();
    else {
      this.#held.push(() => {
        super.complete();
      });
    }
  }

  override subscribe(
    observer?: Partial<Observer<ChannelEvent<T>>> | ((event: ChannelEvent<T>) => void) | null,
  ): Subscription {
    const isFirst = this.#held === undefined;
    const held = (this.#held ??= []);
    for (const event of this.#story) {
      if (typeof observer === 'function') observer(event);
      else observer?.next?.(event);
    }
    const subscription = super.subscribe(observer ?? {});
    if (!isFirst) return subscription;
    for (let one = held.shift(); one !== undefined; one = held.shift()) one();
    this.#held = undefined;
    return subscription;
  }

  #emit(event: ChannelEvent<T>): void {
    if (event.type !== 'message') this.#note(event);
    super.next(event);
  }

  #note(event: ChannelEvent<T>): void {
    if (event.type === 'begun' || event.type === 'lost') this.#story = [];
    if (event.type === 'late') this.#story = this.#story.filter(({ type }) => type !== 'late');
    if (event.type === 'begun' || event.type === 'confirmed' || (event.type === 'late' && event.isLate))
      this.#story = [...this.#story, event];
  }
}
