import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Recording } from '../../lib/recording/format.js';
import { parseRecording } from '../../lib/recording/parseRecording.js';

/** Recordings of real traffic lie beside the repository; they are not part of it. */
export const RECORDINGS = join(process.cwd(), '../shared/recordings');

/** The files whose names begin like that; none where there are no recordings. */
export function recordingsOf(prefix: string): readonly string[] {
  if (!existsSync(RECORDINGS)) return [];
  return readdirSync(RECORDINGS).filter((name) => name.startsWith(prefix) && name.endsWith('.ndjson.gz'));
}

export const loadRecording = (name: string): Recording =>
  parseRecording(
    gunzipSync(readFileSync(join(RECORDINGS, name)))
      .toString()
      .split('\n'),
  );
