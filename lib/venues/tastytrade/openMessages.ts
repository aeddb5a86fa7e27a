import type { Topic } from '../../socket/plan.js';

/** A message whose reply is yet to come. */
export interface OpenMessage {
  readonly id: string;
  readonly action: string;
  /** What it asked for; absent where that is no subscription. */
  readonly topic: Topic | undefined;
}

/** So many are remembered: what is older was answered without our knowing. */
const MOST = 100;

/** The messages of one session whose replies are yet to come. */
export class OpenMessages {
  #open: readonly OpenMessage[] = [];

  add(message: OpenMessage): void {
    this.#open = [...this.#open.slice(1 - MOST), message];
  }

  /** Whether it is yet to be answered. */
  has(id: string): boolean {
    return this.#open.some((one) => one.id === id);
  }

  /** Which one a reply is to: by its id; where it has none, the oldest one of its action. */
  answered(action: string, id: string | undefined): OpenMessage | undefined {
    const message = this.#open.find((one) => (id === undefined ? one.action === action : one.id === id));
    this.#open = this.#open.filter((one) => one !== message);
    return message;
  }
}
