/** A recording could not be read. Nothing of it is played. */
export class RecordingFormatError extends Error {
  override readonly name = 'RecordingFormatError';
  constructor(
    /** Counted from 1; 0 where the file as a whole is at fault. */
    readonly line: number,
    /** Which field of the line, `sockets[0].url` for instance; empty where the line as a whole is at fault. */
    readonly field: string,
    readonly text: string,
    options?: ErrorOptions,
  ) {
    const place = [...(line === 0 ? [] : [`line ${line}`]), ...(field === '' ? [] : [field])].join(', ');
    super(`not a recording${place === '' ? '' : ` (${place})`}: ${text}`, options);
  }
}
