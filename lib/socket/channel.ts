import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { Subject, type Subscriber } from 'rxjs';
import { pathOf } from '../codec/path.js';
import type { ChannelEvent } from './channelEvent.js';
import type { Line } from './line.js';
import type { Topic } from './plan.js';
import type { WantedChannel } from './wantedChannel.js';

/** A channel as its venue describes it. One topic has one description. */
export interface ChannelSpec<T> {
  readonly topic: Topic;
  /** Reads what the dialect delivered. `at` is when it was received, in ms. */
  readonly decode: (payload: unknown, at: number) => Either<Errors, T>;
}

export interface ChannelPort {
  /** Told of a payload that the codec refused. */
  readonly refuse: (path: string, payload: unknown) => void;
  /** Told before the channel ends, and by what: whoever asks for its topic from now on gets a new one. */
  readonly ended: (error: unknown) => void;
}

/** One subscription at the venue, decoded once and handed to all who observe it. */
export interface Channel<T> extends WantedChannel {
  /** The line it rides on. */
  readonly line: Line;
  readonly isObserved: () => boolean;
  readonly observe: (subscriber: Subscriber<ChannelEvent<T>>) => void;
}

export function makeChannel<T>(
  { topic, decode }: ChannelSpec<T>,
  line: Line,
  { refuse, ended }: ChannelPort,
): Channel<T> {
  const events = new Subject<ChannelEvent<T>>();
  /** What a late observer has to be told first: how far the subscription has come. */
  let story: ChannelEvent<T>[] = [];

  const tell = (event: ChannelEvent<T>): void => {
    if (event.type === 'begun' || event.type === 'lost') story = [];
    if (event.type === 'begun' || event.type === 'confirmed') story = [...story, event];
    events.next(event);
  };

  return {
    topic,
    line,
    phase: 'unsent',
    asks: 0,
    ask: undefined,
    isObserved: () => events.observed,
    observe: (subscriber) => {
      for (const event of story) subscriber.next(event);
      subscriber.add(events.subscribe(subscriber));
    },
    tell,
    message: (payload, at) => {
      let refused: string;
      try {
        const result = decode(payload, at);
        if (result._tag === 'Right') {
          events.next({ type: 'message', value: result.right });
          return;
        }
        refused = pathOf(result.left);
      } catch (error) {
        refused = String(error);
      }
      refuse(refused, payload);
      tell({ type: 'missed', at });
    },
    end: (error) => {
      ended(error);
      if (error === undefined) events.complete();
      else events.error(error);
    },
  };
}
