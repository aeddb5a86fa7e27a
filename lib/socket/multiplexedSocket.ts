import { type Observer, Subject, type Subscription } from 'rxjs';
import { FrameSubject } from '../network/frameSubject.js';

/** A text frame on the multiplexed socket, in or out. */
export interface SocketMessage {
  /** The wire it came on or shall go out on (`spot#1`); outgoing without one: the first ready wire. */
  readonly wire?: string | undefined;
  readonly data: string;
}

export interface SocketPort {
  /** What `next` is given. */
  readonly send: (message: SocketMessage) => void;
  /** Somebody watches the socket itself: a wire is needed. Returns what undoes it. */
  readonly hold: () => () => void;
  /** What `complete` and `error` do: end everything. A subject can be handed an error; the wires have nobody to hand it to. */
  readonly close: () => void;
}

/**
 * All wires of a venue over all their sessions as one subject: observe to get every frame, `next` to send. What each wire's
 * dialect hears passes through it, too: a subject a wire, so that a frame costs the same however many wires there are.
 */
export class MultiplexedSocket extends Subject<SocketMessage> {
  constructor(private readonly port: SocketPort) {
    super();
  }

  override next(message: SocketMessage): void {
    this.port.send(message);
  }

  /** Closes the venue as its `close()` does. */
  override complete(): void {
    this.port.close();
  }

  override error(): void {
    this.port.close();
  }

  /** Takes an observer or a function; not the three functions that RxJS advises against. */
  override subscribe(
    observer?: Partial<Observer<SocketMessage>> | ((message: SocketMessage) => void) | null,
  ): Subscription {
    const subscription = super.subscribe(observer ?? {});
    if (!subscription.closed) subscription.add(this.port.hold());
    return subscription;
  }

  /** What the frames of a wire pass through, as long as it is open. Observing them holds no wire open. */
  framesOf(wire: string): Subject<string> {
    return new WireFrames((data) => {
      if (this.observed) super.next({ wire, data });
    });
  }

  /** Completes all observers. */
  finish(): void {
    super.complete();
  }
}

/** The frames of one wire: for its dialect, which observes them, then for all who observe the socket itself. */
class WireFrames extends FrameSubject<string> {
  constructor(private readonly share: (text: string) => void) {
    super();
  }

  override next(text: string): void {
    super.next(text);
    this.share(text);
  }
}
