import { Subscription, type Unsubscribable } from 'rxjs';
import { type Command, PONG, commandOf } from '../wire/commands.js';
import type { BusConnection } from './bus.js';

/** How a consumer's commands are done. */
export interface BusDeskConfig {
  readonly connection: BusConnection;
  /** Takes what the consumer is to hear. */
  readonly send: (text: string) => void;
  /** Whether a command may be done. Default: all. */
  readonly allows?: ((command: Command) => boolean) | undefined;
}

/** Does on a bus what one consumer commands, and tells it what comes of it. */
export class BusDesk {
  readonly #heard = new Map<string, Unsubscribable>();
  readonly #all = new Subscription();
  #hearsAnswers = false;

  constructor(private readonly config: BusDeskConfig) {}

  /** How many subjects are heard. */
  get size(): number {
    return this.#heard.size;
  }

  /** @returns Whether it was a command that may be done. */
  obey(text: string): boolean {
    const command = commandOf(text);
    if (command === undefined || this.config.allows?.(command) === false) return false;
    switch (command.type) {
      case 'hear':
        this.#hear(command.subject);
        break;
      case 'leave':
        this.#heard.get(command.subject)?.unsubscribe();
        this.#heard.delete(command.subject);
        break;
      case 'ask':
        this.#ask(command);
        break;
      case 'ping':
        this.#afterAll(() => {
          this.config.send(PONG);
        });
    }
    return true;
  }

  close(): void {
    this.#all.unsubscribe();
    for (const heard of this.#heard.values()) heard.unsubscribe();
    this.#heard.clear();
  }

  #hear(subject: string): void {
    if (this.#heard.has(subject)) return;
    const heard = this.config.connection.subscribe(subject, (message) => {
      this.config.send(`${message.subject} ${message.text}`);
    });
    this.#heard.set(subject, heard);
  }

  #ask({ id, subject, question }: Extract<Command, { type: 'ask' }>): void {
    const { connection, send } = this.config;
    const { inbox } = connection;
    if (!this.#hearsAnswers) {
      this.#hearsAnswers = true;
      const answers = connection.subscribe(`${inbox}.*`, (message) => {
        send(`#${message.subject.slice(inbox.length + 1)} ${message.text}`);
      });
      this.#all.add(() => {
        answers.unsubscribe();
      });
    }
    // What is heard from now on is heard before the answer: nothing is lost between the two.
    this.#afterAll(() => {
      connection.publish(subject, question, `${inbox}.${id}`);
    });
  }

  #afterAll(run: () => void): void {
    this.#all.add(this.config.connection.flush().subscribe({ next: run, error: ignored }));
  }
}

/** A connection that is lost is told by its bus. */
const ignored = (): void => undefined;
