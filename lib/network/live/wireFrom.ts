import { Observable, type SchedulerLike, Subject, timer } from 'rxjs';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Secrets } from '../secrets.js';
import type { Wire } from '../network.js';

/** What a platform's socket tells. After `closed` or `failed` nothing it tells is heard. */
export interface SocketListener {
  opened(): void;
  frame(text: string): void;
  /** A sign of life below the frames. */
  alive(): void;
  closed(code: number, reason: string): void;
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
  readonly secrets: Secrets;
  /** How long opening may take, in ms. */
  readonly openWithin: number;
  readonly scheduler: SchedulerLike;
  /** Whether the platform shows signs of life below the frames. */
  readonly showsActivity: boolean;
}

/** No close frame came: the connection broke. Never sent, only told by the platform. */
const ABNORMAL = 1006;

/**
 * One wire out of one socket of the platform: open once, then lost with an error, whoever was the one to close it, or
 * complete after our own close.
 */
export function wireFrom(start: (listener: SocketListener) => SocketHandle, config: WireConfig): Observable<Wire> {
  const { secrets, openWithin, scheduler, showsActivity } = config;
  return new Observable((subscriber) => {
    const messages = new Subject<string>();
    const activity = new Subject<void>();
    let isOpen = false;
    let isOurClose = false;

    const lose = (error: WireLostError): void => {
      if (isOurClose) subscriber.complete();
      else subscriber.error(error);
    };
    const fail = (text: string, code?: number, cause?: unknown): void =>
      lose(new WireLostError('failed', `${secrets.place}: ${secrets.scrub(text)}`, code, secrets.cause(cause)));

    const opening = timer(openWithin, scheduler).subscribe(() => {
      fail(`not open within ${openWithin} ms`);
    });
    subscriber.add(opening);

    const socket = start({
      opened: () => {
        if (subscriber.closed || isOpen) return;
        isOpen = true;
        opening.unsubscribe();
        subscriber.next({
          messages: messages.asObservable(),
          ...(showsActivity ? { activity: activity.asObservable() } : {}),
          send: (text) => {
            socket.send(text);
          },
          close: (code = 1000, reason = '') => {
            isOurClose = true;
            socket.close(code, reason);
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
        if (!isOpen || code === ABNORMAL)
          fail(isOpen ? 'broke without a closing handshake' : 'could not be opened', code);
        else {
          const said = reason === '' ? '' : `: ${secrets.scrub(reason)}`;
          lose(new WireLostError('closed', `${secrets.place} was closed by the other side${said}`, code));
        }
      },
      failed: fail,
    });
    subscriber.add(() => {
      socket.abandon();
    });
  });
}
