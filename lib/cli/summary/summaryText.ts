import type { RecordingSummary } from './recordingSummary.js';

/** The document as text, a level a line, so that two of them can be compared with `diff`. */
export const summaryText = (summary: RecordingSummary): string =>
  JSON.stringify(summary, null, 1).replace(/\[\s+("[^"\n]*"),\s+("[^"\n]*")\s+\]/g, '[$1,$2]');
