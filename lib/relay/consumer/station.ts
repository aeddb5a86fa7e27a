import { type Answer, type Envelope, messageOf } from '../wire/messages.js';
import { Assembly } from '../wire/parts.js';

/** Why a station is not heard any more. */
export type StationLoss =
  /** A message is missing. */
  | 'gap'
  /** It was started anew. */
  | 'restarted'
  /** Nothing was heard of it, nor an answer. */
  | 'silent'
  /** It said that there is no more. */
  | 'ended';

export interface StationConfig {
  readonly gateway: string;
  readonly subject: string;
  /** The answer to our joining: all that was told before it is in it, all that follows comes. */
  readonly joined: (station: Station, answer: Envelope) => void;
  /** The next message. */
  readonly heard: (station: Station, message: Envelope) => void;
  readonly lost: (station: Station, loss: StationLoss) => void;
}

/** Ticks without a sound: a gateway tells its head every second. */
const SILENT_TICKS = 10;
/** Ticks until an answer must be there. */
const ANSWER_TICKS = 8;
/** How many messages are held for an answer. */
const HOLD_LIMIT = 10_000;

/**
 * One gateway's stream as it is heard: what comes before the answer to our joining is held, what the answer holds is
 * dropped, and the rest must follow without a gap.
 */
export class Station {
  /** The venue's number of the last book or diff, where it told one. */
  sequence: number | undefined;
  /** Whether what it tells can be trusted, as far as it said. */
  isLive = false;
  #phase: 'joining' | 'following' | 'over' = 'joining';
  #epoch = '';
  #number = 0;
  #held: Envelope[] = [];
  #quiet = 0;
  readonly #pieces = new Assembly();

  constructor(private readonly config: StationConfig) {}

  get gateway(): string {
    return this.config.gateway;
  }

  get subject(): string {
    return this.config.subject;
  }

  get isFollowing(): boolean {
    return this.#phase === 'following';
  }

  get isOver(): boolean {
    return this.#phase === 'over';
  }

  /** Nothing of it counts any more. */
  end(): void {
    this.#phase = 'over';
    this.#held = [];
  }

  tick(): void {
    this.#quiet += 1;
    const isMissed = this.#quiet > (this.#phase === 'joining' ? ANSWER_TICKS : SILENT_TICKS);
    if (isMissed) this.#lose('silent');
  }

  answered(received: Answer): void {
    if (this.#phase !== 'joining') return;
    const answer = received.t === 'p' ? this.#whole(received) : received;
    if (answer?.t === 'b') this.#lose('ended');
    else if (answer !== undefined) this.#join(answer);
  }

  hear(message: Envelope): void {
    if (this.#phase === 'following') this.#follow(message);
    else if (this.#phase === 'joining') {
      this.#held.push(message);
      if (this.#held.length > HOLD_LIMIT) this.#lose('gap');
    }
  }

  #join(answer: Envelope): void {
    this.#phase = 'following';
    this.#epoch = answer.e;
    this.#number = answer.n;
    this.#quiet = 0;
    const held = this.#held;
    this.#held = [];
    this.config.joined(this, answer);
    for (const message of held) if (!this.isOver) this.#follow(message);
  }

  #follow(message: Envelope): void {
    const { e, n, t } = message;
    this.#quiet = 0;
    if (e !== this.#epoch) this.#lose('restarted');
    else if (n <= this.#number) return;
    else if (n > this.#number + 1 || t === 'h') this.#lose('gap');
    else {
      this.#number = n;
      this.#pass(message);
    }
  }

  #pass(message: Envelope): void {
    if (message.t === 'b') this.#lose('ended');
    else if (message.t !== 'p') this.config.heard(this, message);
    else {
      const whole = this.#whole(message);
      if (whole !== undefined) this.config.heard(this, whole);
    }
  }

  /** What pieces come to, under the number of the last. An answer's come while nothing is followed yet. */
  #whole(message: Envelope): Envelope | undefined {
    const added = this.#pieces.add(message);
    if (added === undefined) return undefined;
    const whole = added === 'broken' ? undefined : messageOf(added.text);
    if (whole === undefined) this.#lose('gap');
    return whole && { ...whole, n: message.n };
  }

  #lose(loss: StationLoss): void {
    if (this.isOver) return;
    const { lost } = this.config;
    this.end();
    lost(this, loss);
  }
}
