import { excerptOf } from '../codec/excerpt.js';
import type { FaultNotice } from '../model/fault.js';

/** Told of a part of something that can't be read and is left out: where it is, and of what. */
export type LeftOut = (path: string, whole: unknown) => void;

/** Tells it as a fault of a channel. */
export const leftOutOf =
  (channel: string, report: (fault: FaultNotice) => void): LeftOut =>
  (path, whole) => {
    const message = `${channel}: unreadable, left out: ${path}`;
    report({ type: 'decode', channel, path, raw: excerptOf(whole), message });
  };
