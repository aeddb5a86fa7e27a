import { Observable, type SchedulerLike, Subject, Subscription, timer } from 'rxjs';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import { WireLostError } from '../../../errors/wireLostError.js';
import type { Wire } from '../../../network/network.js';

export interface QuoteWireConfig {
  /** Opens the stream of these symbols, when there is room for it. */
  readonly open: (symbols: readonly string[], returns: boolean) => Observable<Wire>;
  /** Whether there is room for one more right now. */
  readonly isFree: () => boolean;
  /** How long changes are gathered, in ms. */
  readonly gather: number;
  readonly scheduler: SchedulerLike;
  /** Whether streams of this wire were open before. */
  readonly returns: boolean;
}

/**
 * What is said to this wire. `forget`: the venue serves it no more, and nothing is reopened for that. `again`: something
 * was missed, and only a new wire tells what.
 */
export interface QuoteWish {
  readonly op: 'add' | 'remove' | 'forget' | 'again';
  readonly symbols: readonly string[];
}

/**
 * What this wire says of itself, between the venue's lines. `opened`: the next frame of each of these symbols is a full
 * one. `refused`: the venue would not open a stream with these, and what was open before goes on.
 */
export interface QuoteNotice {
  readonly quoteWire: 'opened' | 'refused';
  readonly symbols: readonly string[];
  readonly text?: string;
}

interface Stream {
  /** In its address, less those the venue does not serve. */
  readonly symbols: Set<string>;
  /** Left since: what it tells of them is not heard, so wanted again they must be told from the beginning. */
  readonly left: Set<string>;
  readonly running: Subscription;
}

/**
 * One wire for quotes of changing symbols, made of streams whose symbols stand in their address. Changes are gathered, then
 * a stream with all symbols is opened; the one before goes on until the new one has said something, where there is room
 * for both, and is closed first where there is none. It is lost when its stream is.
 *
 *     wish     A-B----------C--------
 *     streams  ^-A,B-----------!        gathered at first for a moment, then for `gather`
 *                             ^-A,B,C-  says `opened`; its first frames are full
 */
export function quoteWire(config: QuoteWireConfig): Observable<Wire> {
  const { open, isFree, gather, scheduler } = config;
  return new Observable((subscriber) => {
    const messages = new Subject<string>();
    const wanted = new Set<string>();
    let present: Stream | undefined;
    let coming: Stream | undefined;
    let planned: Subscription | undefined;
    let doomed: Subscription | undefined;
    let returns = config.returns;
    let isOurClose = false;

    const end = (error: unknown): void => {
      if (isOurClose) subscriber.complete();
      else subscriber.error(error);
    };
    const notice = (quoteWire: QuoteNotice['quoteWire'], symbols: readonly string[], text = ''): void => {
      const said: QuoteNotice = { quoteWire, symbols, ...(text !== '' && { text }) };
      messages.next(JSON.stringify(said));
    };
    const close = (stream: Stream | undefined): void => {
      stream?.running.unsubscribe();
    };
    const plan = (): void => {
      planned ??= timer(present === undefined ? 0 : gather, scheduler).subscribe(() => {
        planned = undefined;
        change();
      });
    };
    /** Ends as a loss, which is told, and met by pauses that grow. */
    const doom = (): void => {
      doomed ??= timer(gather, scheduler).subscribe(() => {
        end(new WireLostError('failed', 'a line could not be read: opened anew'));
      });
    };
    const isServed = (stream: Stream | undefined): boolean =>
      wanted.size === (stream?.symbols.size ?? 0) &&
      [...wanted].every((symbol) => stream?.symbols.has(symbol) === true && !stream.left.has(symbol));
    /** Opens what is wanted, unless that is what is open, or something is being opened: then that comes first. */
    const change = (): void => {
      if (coming !== undefined || isServed(present)) return;
      if (wanted.size === 0) {
        close(present);
        present = undefined;
        return;
      }
      if (present !== undefined && !isFree()) {
        close(present);
        present = undefined;
      }
      const running = new Subscription();
      const stream: Stream = (coming = { symbols: new Set(wanted), left: new Set(), running });
      subscriber.add(running);
      const adopt = (): void => {
        if (coming !== stream) return;
        coming = undefined;
        close(present);
        present = stream;
        // It begins with all there is.
        doomed?.unsubscribe();
        doomed = undefined;
        returns = true;
        notice('opened', [...stream.symbols]);
        if (!isServed(stream)) plan();
      };
      running.add(
        open([...stream.symbols], returns).subscribe({
          next: (wire) => {
            running.add(
              wire.messages.subscribe((text) => {
                adopt();
                if (!running.closed) messages.next(text);
              }),
            );
          },
          error: (error: unknown) => lost(stream, error),
          complete: () => lost(stream, new WireLostError('closed', 'the stream ended')),
        }),
      );
    };
    const lost = (stream: Stream, error: unknown): void => {
      if (stream !== coming || present === undefined || !(error instanceof SubscriptionRefusedError)) {
        end(error);
        return;
      }
      // Those before were served: it is the new ones that the venue does not take.
      coming = undefined;
      const kept = present.symbols;
      const refused = [...stream.symbols].filter((symbol) => !kept.has(symbol));
      if (refused.length === 0) {
        end(error);
        return;
      }
      for (const symbol of refused) wanted.delete(symbol);
      notice('refused', refused, error.text);
    };

    subscriber.add(() => {
      planned?.unsubscribe();
      doomed?.unsubscribe();
    });
    subscriber.next({
      messages: messages.asObservable(),
      send: (text) => {
        const wish = wishOf(text);
        for (const symbol of wish?.symbols ?? []) {
          if (wish?.op === 'add') wanted.add(symbol);
          else wanted.delete(symbol);
          for (const stream of [present, coming]) {
            if (wish?.op === 'remove') stream?.left.add(symbol);
            if (wish?.op === 'forget') stream?.symbols.delete(symbol);
          }
        }
        if (wish?.op === 'again') doom();
        else if (wish !== undefined && wish.op !== 'forget') plan();
      },
      close: () => {
        isOurClose = true;
        subscriber.complete();
      },
    });
  });
}

/** What else is said to this wire goes nowhere. */
function wishOf(text: string): QuoteWish | undefined {
  try {
    const wish = JSON.parse(text) as Partial<QuoteWish>;
    return wish.op === undefined || wish.symbols === undefined ? undefined : { op: wish.op, symbols: wish.symbols };
  } catch {
    return undefined;
  }
}

export const isNotice = (frame: object): frame is QuoteNotice => 'quoteWire' in frame;
