import { excerptOf } from '../codec/excerpt.js';
import type { Unread } from '../codec/sparing.js';
import type { FaultNotice } from '../model/fault.js';

/** Tells what was left out because it can't be read as a fault of a channel. */
export const leftOutOf =
  (channel: string, report: (fault: FaultNotice) => void): Unread =>
  (path, whole) => {
    const message = `${channel}: unreadable, left out: ${path}`;
    report({ type: 'decode', channel, path, raw: excerptOf(whole), message });
  };
