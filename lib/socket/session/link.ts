import type { Link } from '../plan.js';
import type { Subscriptions } from './subscriptions.js';

/** What a link does that is no matter of subscriptions alone. */
export type LinkedSession = Pick<Link, 'interrupted' | 'send' | 'lose' | 'report' | 'changed'>;

/**
 * What a dialect may do, as long as the session lasts: afterwards all of it is passed over, whatever a dialect kept, timers
 * and promises too.
 */
export function linkTo(topics: Subscriptions, session: LinkedSession, isOver: () => boolean): Link {
  const whileOpen =
    <A extends readonly unknown[]>(run: (...args: A) => void) =>
    (...args: A): void => {
      if (!isOver()) run(...args);
    };
  return {
    // The way of every frame: without the detour.
    deliver: (key, payload) => {
      if (!isOver()) topics.deliver(key, payload);
    },
    accepted: whileOpen((id) => {
      topics.accepted(id);
    }),
    refused: whileOpen((id, text) => {
      topics.refused(id, text);
    }),
    confirmed: whileOpen((key) => {
      topics.confirmed(key);
    }),
    rejected: whileOpen((key, text) => {
      topics.rejected(key, text);
    }),
    interrupted: whileOpen((key?: string) => {
      session.interrupted(key);
    }),
    send: whileOpen((text) => {
      session.send(text);
    }),
    lose: whileOpen((reason, text) => {
      session.lose(reason, text);
    }),
    report: whileOpen((text) => {
      session.report(text);
    }),
    changed: whileOpen(() => {
      session.changed();
    }),
  };
}
