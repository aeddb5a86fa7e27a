import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { Subject, type Subscriber } from 'rxjs';
import { pathOf } from '../codec/path.js';
import type { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { LossReason } from '../model/connection.js';
import type { ChannelEvent } from './channelEvent.js';
import type { Topic } from './plan.js';
import type { Sink } from './route.js';

/** A channel as its venue describes it. One topic has one description. */
export interface ChannelSpec<T> {
  readonly topic: Topic;
  /** Reads what the dialect delivered. `at` is when it was received, in ms. */
  readonly decode: (payload: unknown, at: number) => Either<Errors, T>;
}

/** A sink that knows whether anybody listens behind it. */
export interface ObservedSink extends Sink {
  readonly isObserved: boolean;
}

export interface ChannelPort {
  /** Told of a payload that the codec refused. */
  readonly refuse: (channel: string, path: string, payload: unknown, at: number) => void;
  /** Told before the channel ends: whoever asks for its topic from now on gets a new one. */
  readonly ended: () => void;
}

/** One subscription at the venue, decoded once and handed to all who observe it. */
export class Channel<T> implements ObservedSink {
  private readonly events = new Subject<ChannelEvent<T>>();
  /** What a late observer has to be told first: how far the subscription has come. */
  private phase: readonly ChannelEvent<T>[] = [];

  constructor(
    private readonly spec: ChannelSpec<T>,
    private readonly port: ChannelPort,
  ) {}

  get isObserved(): boolean {
    return this.events.observed;
  }

  observe(subscriber: Subscriber<ChannelEvent<T>>): void {
    for (const event of this.phase) subscriber.next(event);
    subscriber.add(this.events.subscribe(subscriber));
  }

  begun(at: number): void {
    this.phase = [{ type: 'begun', at }];
    this.events.next({ type: 'begun', at });
  }

  confirmed(at: number): void {
    this.phase = [...this.phase, { type: 'confirmed', at }];
    this.events.next({ type: 'confirmed', at });
  }

  message(payload: unknown, at: number): void {
    const result = this.tryDecode(payload, at);
    if (result?._tag === 'Right') {
      this.events.next({ type: 'message', value: result.right });
      return;
    }
    if (result !== undefined) this.port.refuse(this.spec.topic.key, pathOf(result.left), payload, at);
    this.missed(at);
  }

  missed(at: number): void {
    this.events.next({ type: 'missed', at });
  }

  lost(reason: LossReason | 'gap', at: number): void {
    this.phase = [];
    this.events.next({ type: 'lost', reason, at });
  }

  refused(error: SubscriptionRefusedError): void {
    this.port.ended();
    this.events.error(error);
  }

  failed(error: unknown): void {
    this.port.ended();
    this.events.error(error);
  }

  closed(): void {
    this.port.ended();
    this.events.complete();
  }

  private tryDecode(payload: unknown, at: number): Either<Errors, T> | undefined {
    try {
      return this.spec.decode(payload, at);
    } catch (error) {
      this.port.refuse(this.spec.topic.key, error instanceof Error ? error.message : String(error), payload, at);
      return undefined;
    }
  }
}
