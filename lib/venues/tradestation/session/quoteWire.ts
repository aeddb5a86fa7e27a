import { Observable, type SchedulerLike, Subject, type Subscriber, Subscription, timer } from 'rxjs';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import { WireLostError } from '../../../errors/wireLostError.js';
import type { Wire } from '../../../network/network.js';
import { type QuoteNotice, type QuoteWish, wishOf } from './quoteWish.js';

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
 * One wire for quotes of changing symbols, made of streams whose symbols stand in their address. Changes are gathered, then
 * a stream with all symbols is opened; the one before goes on until the new one has said something, where there is room
 * for both, and is closed first where there is none. It is lost when its stream is.
 *
 *     wish     A-B----------C--------
 *     streams  ^-A,B-----------!        gathered at first for a moment, then for `gather`
 *                             ^-A,B,C-  says `opened`; its first frames are full
 */
export const quoteWire = (config: QuoteWireConfig): Observable<Wire> =>
  new Observable((subscriber) => {
    subscriber.next(new QuoteWire(config, subscriber));
  });

/** A stream of the venue. */
interface Stream {
  /** In its address, less those the venue does not serve. */
  readonly symbols: Set<string>;
  /** Left since: what it tells of them is not heard, so wanted again they must be told from the beginning. */
  readonly left: Set<string>;
  readonly running: Subscription;
}

class QuoteWire implements Wire {
  readonly #messages = new Subject<string>();
  readonly #wanted = new Set<string>();
  #present: Stream | undefined;
  #coming: Stream | undefined;
  /** When changes will have been gathered. */
  #planned: Subscription | undefined;
  /** When it will be lost, for what it has missed. */
  #doomed: Subscription | undefined;
  #returns: boolean;
  #isOurClose = false;

  constructor(
    private readonly config: QuoteWireConfig,
    private readonly subscriber: Subscriber<Wire>,
  ) {
    this.#returns = config.returns;
    subscriber.add(() => {
      this.#planned?.unsubscribe();
      this.#doomed?.unsubscribe();
    });
  }

  readonly messages = this.#messages.asObservable();

  send(text: string): void {
    const wish = wishOf(text);
    if (wish === undefined) return;
    for (const symbol of wish.symbols) this.#note(wish.op, symbol);
    if (wish.op === 'again') this.#doom();
    else if (wish.op !== 'forget') this.#plan();
  }

  close(): void {
    this.#isOurClose = true;
    this.subscriber.complete();
  }

  #note(op: QuoteWish['op'], symbol: string): void {
    if (op === 'add') this.#wanted.add(symbol);
    else this.#wanted.delete(symbol);
    for (const stream of [this.#present, this.#coming]) {
      if (op === 'remove') stream?.left.add(symbol);
      if (op === 'forget') stream?.symbols.delete(symbol);
    }
  }

  #plan(): void {
    const { gather, scheduler } = this.config;
    if (this.subscriber.closed) return;
    this.#planned ??= timer(this.#present === undefined ? 0 : gather, scheduler).subscribe(() => {
      this.#planned = undefined;
      this.#change();
    });
  }

  /** Ends as a loss, which is told, and met by pauses that grow. */
  #doom(): void {
    const { gather, scheduler } = this.config;
    if (this.subscriber.closed) return;
    this.#doomed ??= timer(gather, scheduler).subscribe(() => {
      this.#end(new WireLostError('failed', 'a line could not be read: opened anew'));
    });
  }

  /** Opens what is wanted, unless that is what is open, or something is being opened: then that comes first. */
  #change(): void {
    if (this.#coming !== undefined || this.#isServed(this.#present)) return;
    if (this.#wanted.size === 0) this.#closePresent();
    else {
      if (this.#present !== undefined && !this.config.isFree()) this.#closePresent();
      this.#open();
    }
  }

  #isServed(stream: Stream | undefined): boolean {
    return (
      this.#wanted.size === (stream?.symbols.size ?? 0) &&
      [...this.#wanted].every((symbol) => stream?.symbols.has(symbol) === true && !stream.left.has(symbol))
    );
  }

  #closePresent(): void {
    this.#present?.running.unsubscribe();
    this.#present = undefined;
  }

  #open(): void {
    const running = new Subscription();
    const stream: Stream = { symbols: new Set(this.#wanted), left: new Set(), running };
    this.#coming = stream;
    this.subscriber.add(running);
    running.add(
      this.config.open([...stream.symbols], this.#returns).subscribe({
        next: (wire) => {
          this.#listen(stream, wire);
        },
        error: (error: unknown) => this.#lost(stream, error),
        complete: () => this.#lost(stream, new WireLostError('closed', 'the stream ended')),
      }),
    );
  }

  #listen(stream: Stream, wire: Wire): void {
    stream.running.add(
      wire.messages.subscribe((text) => {
        if (this.#coming === stream) this.#adopt(stream);
        if (!stream.running.closed) this.#messages.next(text);
      }),
    );
  }

  /** It begins with all there is. */
  #adopt(stream: Stream): void {
    this.#coming = undefined;
    this.#closePresent();
    this.#present = stream;
    this.#doomed?.unsubscribe();
    this.#doomed = undefined;
    this.#returns = true;
    this.#emit({ quoteWire: 'opened', symbols: [...stream.symbols] });
    if (!this.#isServed(stream)) this.#plan();
  }

  #lost(stream: Stream, error: unknown): void {
    const kept = this.#present?.symbols;
    if (stream !== this.#coming || kept === undefined || !(error instanceof SubscriptionRefusedError)) {
      this.#end(error);
      return;
    }
    this.#coming = undefined;
    // Those before were served: it is the new ones that the venue does not take.
    const refused = [...stream.symbols].filter((symbol) => !kept.has(symbol));
    if (refused.length === 0) {
      this.#end(error);
      return;
    }
    for (const symbol of refused) this.#wanted.delete(symbol);
    this.#emit({ quoteWire: 'refused', symbols: refused, ...(error.text !== '' && { text: error.text }) });
  }

  #emit(notice: QuoteNotice): void {
    this.#messages.next(JSON.stringify(notice));
  }

  #end(error: unknown): void {
    if (this.#isOurClose) this.subscriber.complete();
    else this.subscriber.error(error);
  }
}
