import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Recording } from '../../lib/recording/format.js';
import { parseRecording } from '../../lib/recording/parseRecording.js';

/**
 * Recordings of real traffic and what is expected of them. They are no part of the repository: `MILLRACE_RECORDINGS` names
 * the folder that holds them.
 */
export const RECORDINGS = resolve(process.env['MILLRACE_RECORDINGS'] ?? '../shared/recordings');

/** The pages about protocols, with their frames and schemas, stand beside the recordings. */
export const PROTOCOLS = join(RECORDINGS, '../protocols');

/** What a skipped spec says of itself. */
export const NO_RECORDINGS = 'skipped: no recordings; MILLRACE_RECORDINGS names their folder';

/** The files whose names begin like that, or all; none where there are no recordings. */
export function recordingsOf(prefix = ''): readonly string[] {
  if (!existsSync(RECORDINGS)) return [];
  return readdirSync(RECORDINGS).filter((name) => name.startsWith(prefix) && name.endsWith('.ndjson.gz'));
}

/** The lines of a recording, as they stand in its file. */
export const recordedLines = (name: string): readonly string[] =>
  gunzipSync(readFileSync(join(RECORDINGS, name)))
    .toString()
    .split('\n');

export const loadRecording = (name: string): Recording => parseRecording(recordedLines(name));

/** What a recording must come to, as text. */
export const expectedOf = (name: string): string =>
  readFileSync(join(RECORDINGS, name.replace('.ndjson.gz', '.expected.json')), 'utf8');
