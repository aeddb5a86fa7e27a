import { Observable, type SchedulerLike, Subject, timer } from 'rxjs';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Endpoint, Wire } from '../network.js';
import { holdsNoSecret, placeOf } from '../place.js';

/** What a platform's socket tells. After `closed` or `failed` nothing it tells is heard. */
export interface SocketListener {
  opened(): void;
  frame(text: string): void;
  closed(code: number, reason: string): void;
  /** It could not be opened, or broke. `cause` is what the platform says of it. */
  broke(code?: number, cause?: unknown): void;
  /** `text` is of our own words. */
  failed(text: string, code?: number, cause?: unknown): void;
}

/** A platform's socket as far as a wire needs it. None of its functions throws. */
export interface SocketHandle {
  /** Signs of life below the frames, where the platform shows them. */
  readonly activity?: Observable<unknown>;
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Takes every listener off and closes with 1000, whatever state the socket is in. */
  abandon(): void;
}

export interface WireConfig {
  /** How long opening may take, in ms. */
  readonly openWithin: number;
  readonly scheduler: SchedulerLike;
}

/** No close frame came: the connection broke. Never sent, only told by the platform. */
const ABNORMAL = 1006;

/**
 * One wire out of one socket of the platform: open once, then lost with an error, whoever was the one to close it, or
 * complete after our own close.
 *
 * @param start Makes the socket. What it throws is a wire that could not be opened.
 */
export function wireFrom(
  endpoint: Endpoint,
  start: (listener: SocketListener) => SocketHandle,
  { openWithin, scheduler }: WireConfig,
): Observable<Wire> {
  return new Observable((subscriber) => {
    const messages = new Subject<string>();
    const tells = holdsNoSecret(endpoint);
    let isOpen = false;
    let isOurClose = false;
    let socket: SocketHandle | undefined;

    const lose = (reason: 'failed' | 'closed', text: string, code?: number, cause?: unknown): void => {
      const options = tells && cause !== undefined ? { cause } : {};
      if (isOurClose) subscriber.complete();
      else subscriber.error(new WireLostError(reason, `${placeOf(endpoint.url)} ${text}`, code, options));
    };
    const broke = (code?: number, cause?: unknown): void =>
      failed(isOpen ? 'broke' : 'could not be opened', code, cause);
    const failed = (text: string, code?: number, cause?: unknown): void => lose('failed', text, code, cause);

    const opening = timer(openWithin, scheduler).subscribe(() => failed(`was not open within ${openWithin} ms`));
    subscriber.add(opening);
    try {
      socket = start({
        opened: () => {
          if (subscriber.closed || isOpen) return;
          isOpen = true;
          opening.unsubscribe();
          subscriber.next({
            messages: messages.asObservable(),
            ...(socket?.activity && { activity: socket.activity }),
            send: (text) => socket?.send(text),
            close: (code = 1000, reason = '') => {
              isOurClose = true;
              socket?.close(code, reason);
            },
          });
        },
        frame: (text) => {
          if (!subscriber.closed) messages.next(text);
        },
        closed: (code, reason) => {
          if (!isOpen || code === ABNORMAL) broke(code);
          else lose('closed', `was closed by the other side${tells && reason !== '' ? `: ${reason}` : ''}`, code);
        },
        broke,
        failed,
      });
    } catch (error) {
      broke(undefined, error);
    }
    subscriber.add(() => socket?.abandon());
  });
}
