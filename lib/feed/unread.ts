import { excerptOf } from '../codec/excerpt.js';
import type { Unread } from '../codec/sparing.js';
import type { FaultNotice } from '../model/fault.js';

/** Tells as a fault of a channel what was left out of its frames because it can't be read. */
export const unreadOf =
  (channel: string, report: (fault: FaultNotice) => void): Unread =>
  (path, payload) => {
    const message = `${channel}: unreadable, left out: ${path}`;
    report({ type: 'decode', channel, path, raw: excerptOf(payload), message });
  };
