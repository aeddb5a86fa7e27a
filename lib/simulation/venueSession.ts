import type { FaultSchedule } from './faults/faultSchedule.js';
import { Mangler, type OutgoingFrame } from './faults/mangler.js';
import type { Struck } from './faults/strike.js';
import type { Random } from './random.js';
import type { ConnectionStats, ServerSide, SimulatedConnection } from './simulatedVenue.js';

/** What every session needs of its venue. */
export interface SessionHost<Limit extends string = string> {
  readonly faults: FaultSchedule;
  now(): number;
  /** A client went over one of the venue's limits. */
  violated(limit: Limit, connection: number): void;
  gone(session: VenueSession): void;
}

/** Which session it is, and what it draws from. */
export interface SessionSeat {
  readonly id: number;
  readonly random: Random;
}

export interface SessionConfig extends SessionSeat {
  /** What it is known by: its path, with the query where that says what it is for. */
  readonly url: string;
}

/** Of a client's messages the last ones are kept, so many. */
const TEXTS = 200;

/**
 * One connection, in all that does not differ from venue to venue: what faults do to it, how it ends, and what is counted
 * of it. A venue's own session says what it makes of a message, what is subscribed, and what time brings.
 */
export abstract class VenueSession<H extends SessionHost = SessionHost> implements ServerSide, Struck {
  readonly id: number;
  readonly url: string;
  protected readonly random: Random;
  protected isOpen = true;
  private isFrozen = false;
  private silentUntil = 0;
  private received = 0;
  private sent = 0;
  private texts: readonly string[] = [];
  private readonly mangler: Mangler;

  constructor(
    { id, url, random }: SessionConfig,
    protected readonly host: H,
    protected readonly connection: SimulatedConnection,
  ) {
    this.id = id;
    this.url = url;
    this.random = random;
    this.mangler = new Mangler(host.faults, random, (text) => {
      this.send(text);
    });
  }

  /** What is subscribed, in the order it was asked for. */
  protected abstract get subscriptions(): readonly string[];
  /** Makes something of a message. */
  protected abstract hear(text: string): void;
  /** What time brings. `isHurried` while a burst of steps of the market passes in no time. */
  abstract pulse(now: number, isHurried: boolean): void;

  get stats(): ConnectionStats {
    const { id, url, isOpen: open, received, texts, sent, subscriptions } = this;
    return { id, url, open, received, texts, sent, subscriptions };
  }

  /** It has been let in: says what comes unasked. */
  begin(): void {
    // Most venues wait to be asked.
  }

  receive(text: string): void {
    if (!this.hears()) return;
    this.received += 1;
    this.texts = [...this.texts.slice(1 - TEXTS), text];
    this.hear(text);
  }

  control(kind: 'ping' | 'pong'): void {
    if (kind === 'ping' && this.speaks()) this.connection.pong?.();
  }

  silence(until: number): void {
    this.silentUntil = Math.max(this.silentUntil, until);
  }

  freeze(): void {
    this.isFrozen = true;
    this.connection.freeze?.();
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    // A half-open connection can't be told of its end.
    if (!this.isFrozen) this.connection.close(code, reason);
    this.closed();
  }

  terminate(): void {
    if (!this.isOpen) return;
    if (!this.isFrozen) this.connection.terminate();
    this.closed();
  }

  closed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.left();
    this.host.gone(this);
  }

  /** Lets go of what it has, at its end. */
  protected left(): void {
    // Most sessions hold nothing but themselves.
  }

  /** Whether what its client says is heard. */
  protected hears(): boolean {
    return this.isOpen && !this.isFrozen;
  }

  /** Whether its client hears what is said. */
  protected speaks(): boolean {
    return this.hears() && this.host.now() >= this.silentUntil;
  }

  /** A frame of a stream, with whatever goes wrong on its way. */
  protected pass(frame: OutgoingFrame): void {
    this.mangler.pass(frame);
  }

  /** A frame as it is. */
  protected send(text: string): void {
    if (!this.speaks()) return;
    this.sent += 1;
    this.transmit(text);
  }

  /** Puts a frame on the wire. */
  protected transmit(text: string): void {
    this.connection.send(text);
  }

  /** Ends a connection whose client went over a limit. */
  protected violate(limit: Parameters<H['violated']>[0], code: number, reason: string): void {
    this.host.violated(limit, this.id);
    this.close(code, reason);
  }
}
