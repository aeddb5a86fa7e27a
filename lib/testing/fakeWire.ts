import { Subject, type Subscriber } from 'rxjs';
import { WireLostError } from '../errors/wireLostError.js';
import type { Endpoint, Wire } from '../network/network.js';

/** The venue's end of one wire, in the hands of a test. */
export interface FakeWire {
  /** Counts from 0, in the order in which wires were asked for. */
  readonly index: number;
  /** Where it was opened. */
  readonly endpoint: Endpoint;
  /** What has become of it. */
  readonly status: 'opening' | 'open' | 'ended';
  /** Every text that was sent on it, in order. */
  readonly sent: readonly string[];
  /** How the client closed it: by code, or by unsubscribing (1000). Absent while it didn't. */
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
  /** Lets the client have it. */
  open(): void;
  /** Delivers frames, in order: texts as they are, anything else as JSON. Throws when the wire is not open. */
  receive(...frames: readonly unknown[]): void;
  /** Shows a sign of life below the frames. */
  pulse(): void;
  /** Breaks it, or refuses it while it opens. */
  lose(error?: WireLostError): void;
  /** Closes it cleanly from the venue's side. Default: 1000. */
  end(code?: number): void;
}

/** What a wire tells the network that made it. */
export interface WireHooks {
  readonly onSent: (wire: FakeWire, text: string) => void;
  readonly onClosed: (wire: FakeWire, code: number, reason: string) => void;
}

export const textOf = (frame: unknown): string => (typeof frame === 'string' ? frame : JSON.stringify(frame));

/** Both ends of one wire: `subscriber` is the client's, what is returned the venue's. */
export const fakeWire = (index: number, endpoint: Endpoint, subscriber: Subscriber<Wire>, hooks: WireHooks): FakeWire =>
  new VenueEnd(index, endpoint, subscriber, hooks);

class VenueEnd implements FakeWire {
  readonly #messages = new Subject<string>();
  readonly #activity = new Subject<void>();
  readonly #sent: string[] = [];
  #status: FakeWire['status'] = 'opening';
  #closed: FakeWire['closed'];

  constructor(
    readonly index: number,
    readonly endpoint: Endpoint,
    private readonly subscriber: Subscriber<Wire>,
    private readonly hooks: WireHooks,
  ) {
    subscriber.add(() => {
      this.#close(1000, '');
    });
  }

  get sent(): readonly string[] {
    return this.#sent;
  }

  get status(): FakeWire['status'] {
    return this.#status;
  }

  get closed(): FakeWire['closed'] {
    return this.#closed;
  }

  open(): void {
    this.#must('opening', 'open');
    this.#status = 'open';
    this.subscriber.next({
      messages: this.#messages.asObservable(),
      activity: this.#activity.asObservable(),
      send: (text) => {
        if (this.#status !== 'open') return;
        this.#sent.push(text);
        this.hooks.onSent(this, text);
      },
      close: (code = 1000, reason = '') => {
        this.#close(code, reason);
      },
    });
  }

  receive(...frames: readonly unknown[]): void {
    for (const frame of frames) {
      this.#must('open', 'receive');
      this.#messages.next(textOf(frame));
    }
  }

  pulse(): void {
    this.#must('open', 'show life');
    this.#activity.next();
  }

  lose(error = new WireLostError('failed', 'lost', 1006)): void {
    if (this.#status === 'ended') return;
    this.#status = 'ended';
    this.subscriber.error(error);
  }

  end(code = 1000): void {
    this.lose(new WireLostError('closed', 'closed by the venue', code));
  }

  #close(code: number, reason: string): void {
    if (this.#status === 'ended') return;
    this.#status = 'ended';
    this.#closed = { code, reason };
    this.hooks.onClosed(this, code, reason);
    this.subscriber.complete();
  }

  #must(wanted: FakeWire['status'], what: string): void {
    if (this.#status !== wanted) throw new Error(`wire ${this.index} is ${this.#status}, it can't ${what}`);
  }
}
