import { Subject, type Subscriber } from 'rxjs';
import { WireLostError } from '../errors/wireLostError.js';
import type { Endpoint, Wire } from '../network/network.js';

/** The venue's end of one wire, in the hands of a test. */
export interface FakeWire {
  /** Counts from 0, in the order in which wires were asked for. */
  readonly index: number;
  readonly endpoint: Endpoint;
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
export function fakeWire(
  index: number,
  endpoint: Endpoint,
  subscriber: Subscriber<Wire>,
  { onSent, onClosed }: WireHooks,
): FakeWire {
  const messages = new Subject<string>();
  const activity = new Subject<void>();
  const sent: string[] = [];
  let status: FakeWire['status'] = 'opening';
  let closed: FakeWire['closed'];

  const close = (code = 1000, reason = ''): void => {
    if (status === 'ended') return;
    status = 'ended';
    closed = { code, reason };
    onClosed(wire, code, reason);
    subscriber.complete();
  };
  const lose = (error = new WireLostError('failed', 'lost', 1006)): void => {
    if (status === 'ended') return;
    status = 'ended';
    subscriber.error(error);
  };
  const must = (wanted: FakeWire['status'], what: string): void => {
    if (status !== wanted) throw new Error(`wire ${index} is ${status}, it can't ${what}`);
  };
  const wire: FakeWire = {
    index,
    endpoint,
    sent,
    get status() {
      return status;
    },
    get closed() {
      return closed;
    },
    open: () => {
      must('opening', 'open');
      status = 'open';
      subscriber.next({
        messages: messages.asObservable(),
        activity: activity.asObservable(),
        send: (text) => {
          if (status !== 'open') return;
          sent.push(text);
          onSent(wire, text);
        },
        close,
      });
    },
    receive: (...frames) => {
      for (const frame of frames) {
        must('open', 'receive');
        messages.next(textOf(frame));
      }
    },
    pulse: () => {
      must('open', 'show life');
      activity.next();
    },
    lose,
    end: (code = 1000) => {
      lose(new WireLostError('closed', 'closed by the venue', code));
    },
  };
  subscriber.add(() => {
    close();
  });
  return wire;
}
