import { excerptOf } from '../codec/excerpt.js';
import type { Unread } from '../codec/sparing.js';
import type { Report } from '../model/fault.js';

/**
 * Reports as a fault of a channel, or of whatever is named, what its frames and answers were read without: one a frame, of the
 * first thing, and of how many more.
 */
export const leftOutOf =
  (channel: string, report: Report): Unread =>
  ([path = '', ...others], payload) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const message = `${channel}: unreadable, left out: ${path}${more}`;
    report({ type: 'decode', channel, path, raw: excerptOf(payload), message });
  };
