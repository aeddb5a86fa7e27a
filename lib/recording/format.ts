/** A text that went out on a socket. */
export interface SentText {
  /** In ms. */
  readonly at: number;
  readonly data: string;
}

/** One socket of the capturing client. */
export interface RecordedSocket {
  /** What frames call it: `1`, `2`, …, in the order of opening. */
  readonly socket: string;
  /** Without what may be a secret in it. */
  readonly url: string;
  /** In ms. */
  readonly openedAt: number;
  /** What the recorded client said, in order. */
  readonly sent: readonly SentText[];
}

/** The first line. */
export interface RecordingHeader {
  /** Version of the format. */
  readonly recording: 1;
  /** By which a replay knows how to read it: `binance`. */
  readonly venue: string;
  /** Which market of it: `spot`. */
  readonly market?: string;
  /** ISO 8601, in UTC. */
  readonly capturedAt: string;
  /** Where it comes from, in words. */
  readonly source?: string;
  /** The first socket's; empty where none was opened. */
  readonly url: string;
  /** What all sockets sent, in the order of the sockets. */
  readonly sent: readonly string[];
  readonly sockets: readonly RecordedSocket[];
}

/** A frame as it came. */
export interface RecordedFrame {
  /** When the client had it: Unix time in ms, with a fraction. */
  readonly at: number;
  readonly kind: 'frame';
  /** Which of the sockets of the header it came on. */
  readonly socket: string;
  /** The text, byte for byte. */
  readonly data: string;
}

/** A response as it came. */
export interface RecordedResponse {
  /** When it came, in ms. */
  readonly at: number;
  readonly kind: 'http';
  /** Without what may be a secret in it. */
  readonly url: string;
  readonly status: number;
  /** The text, byte for byte. */
  readonly body: string;
}

/** A line after the first. */
export type RecordedEvent = RecordedFrame | RecordedResponse;

/** What came, in the order in which the capturing client saw it. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly events: readonly RecordedEvent[];
  /** That its end is missing, in words, as of a file that was cut off. What is whole of it is here; absent where all is. */
  readonly brokenOff?: string;
}

/** The first line's text, without a line feed. */
export const headerLine = (header: RecordingHeader): string => JSON.stringify(header);

/** Another line's text, without a line feed. */
export const eventLine = (event: RecordedEvent): string => JSON.stringify(event);
