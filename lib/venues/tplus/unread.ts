import type { Unread } from '../../codec/sparing.js';
import type { FaultNotice } from '../../model/fault.js';

export type Report = (fault: FaultNotice) => void;

/** Tells as a fault of a channel what was left out of its frames and answers because it can't be read. */
export const unreadOf =
  (channel: string, report: Report): Unread =>
  (path, payload) => {
    const raw = JSON.stringify(payload).slice(0, 200);
    report({ type: 'decode', channel, path, raw, message: `${channel}: unreadable, left out: ${path}` });
  };
