import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { atTop } from '../../codec/placeOfLevels.js';
import { scanLevels } from '../../codec/scanLevels.js';

/**
 * What a message is: `d` a diff, `s` a whole book, `r` the book counts no more, `v` a value, `w` wires, `f` a fault, `h` a
 * head, which says how far the stream has come and is no message of its own, `b` the end, `p` a part of a long message.
 */
export type MessageType = 'd' | 's' | 'r' | 'v' | 'w' | 'f' | 'h' | 'b' | 'p';

/** What every message begins with, whatever it tells. */
export interface Envelope extends JsonObject {
  /** The epoch of its gateway: a new one with each start, and numbers begin anew. */
  readonly e: string;
  /** Its number within the stream and the epoch, one more each time; of a head that of the last message. */
  readonly n: number;
  /** When it was sent by the gateway's clock, in ms. */
  readonly w: number;
  readonly t: string;
}

/** The same of an answer: from whom it is. */
export interface Answer extends Envelope {
  readonly g: string;
}

const isEnvelope = (u: unknown): u is Envelope =>
  isJsonObject(u) &&
  typeof u['e'] === 'string' &&
  Number.isSafeInteger(u['n']) &&
  Number.isFinite(u['w']) &&
  typeof u['t'] === 'string';

/** The text of a message as an object, levels scanned; `undefined` for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return scanLevels(text, 'b', 'a', atTop) ?? (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** @returns `undefined` for what is no message. */
export function messageOf(text: string): Envelope | undefined {
  const message = parsed(text);
  return isEnvelope(message) ? message : undefined;
}

/** @returns `undefined` for what is no answer. */
export function answerOf(text: string): Answer | undefined {
  const message = messageOf(text);
  return message !== undefined && isAnswer(message) ? message : undefined;
}

const isAnswer = (message: Envelope): message is Answer => typeof message['g'] === 'string';
