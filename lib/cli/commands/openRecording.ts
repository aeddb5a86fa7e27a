import { RecordingFormatError } from '../../errors/recordingFormatError.js';
import { readRecording } from '../../node/readRecording.js';
import type { Recording } from '../../recording/format.js';
import { errorCode } from '../errorText.js';
import { UsageError } from '../args/usageError.js';
import { quote } from '../args/values.js';
import type { CliVenue } from '../venues/cliVenue.js';
import { cliVenues } from '../venues/venues.js';

/** A recording and the venue that can read it. */
export interface OpenedRecording {
  readonly recording: Recording;
  readonly venue: CliVenue;
}

/** @throws UsageError where there is no such file, where it is no recording, or one of a venue that is not known. */
export async function openRecording(file: string): Promise<OpenedRecording> {
  const recording = await read(file);
  const { header } = recording;
  const venue = cliVenues.find(({ recorded }) => recorded.names.includes(header.venue));
  if (venue === undefined) {
    const accepted = cliVenues.flatMap(({ recorded }) => recorded.names).join(', ');
    throw new UsageError(`${file} is a recording of ${quote(header.venue)}: accepted: ${accepted}`);
  }
  return { recording, venue };
}

async function read(file: string): Promise<Recording> {
  try {
    return await readRecording(file);
  } catch (error) {
    if (error instanceof RecordingFormatError) {
      throw new UsageError(`${file}: ${error.message}; accepted: .ndjson or .ndjson.gz as record writes it`);
    }
    const code = errorCode(error);
    if (code === 'ENOENT')
      throw new UsageError(`${file}: there is no such file; give a recording, .ndjson or .ndjson.gz`);
    if (code === 'EISDIR') throw new UsageError(`${file} is a folder; give a recording, .ndjson or .ndjson.gz`);
    throw error;
  }
}
