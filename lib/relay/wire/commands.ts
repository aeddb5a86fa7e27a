/**
 * What a consumer says on its wire, a text each: to a bus in its own process, or to a gateway over a WebSocket.
 *
 *     hear <subject>                 what is said there is told from now on
 *     leave <subject>                no more of it
 *     ask <id> <subject> <question>  once all that was said before has arrived; answers come under the id
 *     ping                           is answered
 *
 * What it hears is `<subject> <message>`, `#<id> <answer>` and `#pong`.
 */
export type Command =
  | { readonly type: 'hear' | 'leave'; readonly subject: string }
  | { readonly type: 'ask'; readonly id: string; readonly subject: string; readonly question: string }
  | { readonly type: 'ping' };

/** Is answered with {@link PONG}. */
export const PING = 'ping';
/** The answer to {@link PING}. */
export const PONG = '#pong';

export const hearing = (subject: string): string => `hear ${subject}`;
export const leaving = (subject: string): string => `leave ${subject}`;
export const asking = (id: string, subject: string, question: 'find' | 'join'): string =>
  `ask ${id} ${subject} ${question}`;

/** The command that a text is; `undefined` for whatever is none. */
export function commandOf(text: string): Command | undefined {
  if (text === PING) return { type: 'ping' };
  const [type, first = '', subject = '', question = '', ...more] = text.split(' ');
  if (more.length > 0 || first === '') return undefined;
  if (type === 'hear' || type === 'leave') return subject === '' ? { type, subject: first } : undefined;
  if (type !== 'ask' || subject === '' || question === '' || first.length > 20) return undefined;
  return { type, id: first, subject, question };
}
