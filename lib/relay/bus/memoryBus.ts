import { Observable, type SchedulerLike, Subscription, asyncScheduler, timer } from 'rxjs';
import { aFunction, aScheduler, checkOptions } from '../../errors/optionRules.js';
import { WireLostError } from '../../errors/wireLostError.js';
import { steady } from '../../time/steadyScheduler.js';
import type { Bus, BusConnection, BusMessage } from './bus.js';

/** What a bus within the process is like. */
export interface MemoryBusOptions {
  /** By which messages are on their way. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** How long a message takes, in ms; asked for each. Order on a connection is kept. Default: 0, the next turn. */
  readonly latency?: () => number;
  /** Whether a message gets lost on its way to one who would hear it. Default: none does. */
  readonly loses?: (message: BusMessage) => boolean;
}

/** A bus that can be taken away, as servers are. */
export interface MemoryBus extends Bus {
  /** Ends every connection, and refuses new ones until {@link MemoryBus.start}. */
  stop(): void;
  /** Takes connections again, after {@link MemoryBus.stop}. */
  start(): void;
  /** How many connections are open. */
  readonly connections: number;
}

/** Who hears on a connection. */
interface Hearing {
  readonly pattern: readonly string[];
  readonly heard: (message: BusMessage) => void;
}

const matches = (pattern: readonly string[], subject: readonly string[]): boolean =>
  pattern.length === subject.length && pattern.every((part, i) => part === '*' || part === subject[i]);

/**
 * A bus within this process: for one machine without a server, and for tests. What is published arrives later, in order, at
 * whoever hears its subject by then, as over a server.
 *
 * @throws InvalidArgumentError for options that can't be meant.
 */
export function memoryBus(options: MemoryBusOptions = {}): MemoryBus {
  checkOptions('options', options, { scheduler: aScheduler, latency: aFunction, loses: aFunction });
  const scheduler = steady(options.scheduler ?? asyncScheduler);
  const { latency = () => 0, loses = () => false } = options;
  const open = new Set<MemoryConnection>();
  let isUp = true;
  let made = 0;
  const deliver = (message: BusMessage): void => {
    const subject = message.subject.split('.');
    for (const connection of [...open]) connection.hear(message, subject);
  };
  return {
    get connections() {
      return open.size;
    },
    stop: () => {
      isUp = false;
      for (const connection of [...open]) connection.lose('the bus stopped');
    },
    start: () => {
      isUp = true;
    },
    connect: () =>
      new Observable((subscriber) => {
        made += 1;
        const lose = (text: string): void => {
          open.delete(connection);
          subscriber.error(new WireLostError('failed', text));
        };
        const connection = new MemoryConnection(`inbox.${made}`, { scheduler, latency, loses, deliver, lose });
        subscriber.add(() => {
          open.delete(connection);
          connection.leave();
        });
        // Nobody is connected in the turn in which it is asked for.
        subscriber.add(
          timer(latency(), scheduler).subscribe(() => {
            if (!isUp) {
              lose('the bus is away');
              return;
            }
            open.add(connection);
            subscriber.next(connection);
          }),
        );
      }),
  };
}

interface MemoryConfig extends Required<Pick<MemoryBusOptions, 'latency' | 'loses'>> {
  readonly scheduler: ReturnType<typeof steady>;
  readonly deliver: (message: BusMessage) => void;
  readonly lose: (text: string) => void;
}

class MemoryConnection implements BusConnection {
  readonly #hearings = new Set<Hearing>();
  /** Ways in and out, each in order. */
  readonly #out: Line;
  readonly #in: Line;

  constructor(
    readonly inbox: string,
    private readonly config: MemoryConfig,
  ) {
    this.#out = new Line(config);
    this.#in = new Line(config);
  }

  publish(subject: string, text: string, reply?: string): void {
    this.#out.push(() => {
      this.config.deliver({ subject, text, reply });
    });
  }

  subscribe(subject: string, heard: (message: BusMessage) => void): Subscription {
    const hearing: Hearing = { pattern: subject.split('.'), heard };
    this.#out.push(() => {
      this.#hearings.add(hearing);
    });
    return new Subscription(() => {
      this.#out.push(() => {
        this.#hearings.delete(hearing);
      });
    });
  }

  flush(): Observable<unknown> {
    return new Observable((subscriber) => {
      this.#out.push(() => {
        this.#in.push(() => {
          subscriber.next(true);
          subscriber.complete();
        });
      });
    });
  }

  hear(message: BusMessage, subject: readonly string[]): void {
    for (const hearing of this.#hearings) {
      if (!matches(hearing.pattern, subject) || this.config.loses(message)) continue;
      this.#in.push(() => {
        if (this.#hearings.has(hearing)) hearing.heard(message);
      });
    }
  }

  lose(text: string): void {
    this.leave();
    this.config.lose(text);
  }

  /** What is on its way to us is for nobody; what is on its way out still arrives. */
  leave(): void {
    this.#in.clear();
    this.#hearings.clear();
  }
}

/** One direction: what goes in comes out later, in the same order, by one timer. */
class Line {
  readonly #queue: { readonly run: () => void; readonly due: number }[] = [];
  #last = 0;
  #waiting: Subscription | undefined;

  constructor(private readonly config: Pick<MemoryConfig, 'scheduler' | 'latency'>) {}

  push(run: () => void): void {
    this.#last = Math.max(this.#last, this.config.scheduler.elapsed() + this.config.latency());
    this.#queue.push({ run, due: this.#last });
    this.#arm();
  }

  clear(): void {
    this.#queue.length = 0;
    this.#waiting?.unsubscribe();
    this.#waiting = undefined;
  }

  #arm(): void {
    const [next] = this.#queue;
    if (next === undefined || this.#waiting !== undefined) return;
    const { scheduler } = this.config;
    this.#waiting = timer(Math.max(0, next.due - scheduler.elapsed()), scheduler).subscribe(() => {
      this.#waiting = undefined;
      const now = scheduler.elapsed();
      for (let head = this.#queue[0]; head !== undefined && head.due <= now; head = this.#queue[0]) {
        this.#queue.shift();
        head.run();
      }
      this.#arm();
    });
  }
}
