import { Observable, type SchedulerLike, Subject, timer } from 'rxjs';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Endpoint, Wire } from '../network.js';
import { holdsNoSecret, placeOf } from '../place.js';

/** What a platform's socket tells. After `closed` or `failed` nothing it tells is heard. */
export interface SocketListener {
  opened(): void;
  frame(text: string): void;
  /** A sign of life below the frames. */
  alive(): void;
  closed(code: number, reason: string): void;
  /** `text` is of our own words. */
  failed(text: string, code?: number, cause?: unknown): void;
}

/** A platform's socket as far as a wire needs it. None of its functions throws. */
export interface SocketHandle {
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Takes every listener off and closes with 1000, whatever state the socket is in. */
  abandon(): void;
}

export interface WireConfig {
  /** How long opening may take, in ms. */
  readonly openWithin: number;
  readonly scheduler: SchedulerLike;
  /** Whether the platform shows signs of life below the frames. Default: no. */
  readonly showsActivity?: boolean;
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
  { openWithin, scheduler, showsActivity = false }: WireConfig,
): Observable<Wire> {
  return new Observable((subscriber) => {
    const messages = new Subject<string>();
    const activity = new Subject<void>();
    const tells = holdsNoSecret(endpoint);
    let isOpen = false;
    let isOurClose = false;
    let socket: SocketHandle | undefined;

    const lose = (reason: 'failed' | 'closed', text: string, code?: number, cause?: unknown): void => {
      const options = tells && cause !== undefined ? { cause } : {};
      if (isOurClose) subscriber.complete();
      else subscriber.error(new WireLostError(reason, `${placeOf(endpoint.url)} ${text}`, code, options));
    };
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
            ...(showsActivity && { activity: activity.asObservable() }),
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
        alive: () => {
          if (!subscriber.closed) activity.next();
        },
        closed: (code, reason) => {
          if (isOpen && code !== ABNORMAL) {
            lose('closed', `was closed by the other side${tells && reason !== '' ? `: ${reason}` : ''}`, code);
          } else failed(isOpen ? 'broke without a closing handshake' : 'could not be opened', code);
        },
        failed,
      });
    } catch (error) {
      failed('could not be opened', undefined, error);
    }
    subscriber.add(() => socket?.abandon());
  });
}
