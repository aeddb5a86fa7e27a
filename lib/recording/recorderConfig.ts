import type { TimestampProvider } from 'rxjs';

/** What a recorder records of a network, and where it writes it. */
export interface RecorderConfig {
  /** Takes each event's line, without a line feed, in the order of the recording. The header's is not among them. */
  readonly sink: (line: string) => void;
  /** Stands in the header: the name of the venue, `binance`, by which a replay knows how to read it. */
  readonly venue: string;
  /** Stands there too: which market of it, `spot`. Default: none is named. */
  readonly market?: string;
  /** Where the recording comes from, in words. */
  readonly source?: string;
  /** Tells the time of each event, in ms. Any scheduler is one. Default: `asyncScheduler`. */
  readonly clock?: TimestampProvider;
  /**
   * Further names whose values are secret, in the query of a URL, in what is sent and in responses. Known without
   * saying: `key`, `sign`, `auth`, `code`, and all that end in `token`, `secret`, `signature`, `sig`, `password`,
   * `passphrase`, `apikey`, `listenkey`, `jwt`, `authorization`, `cookie`.
   */
  readonly redact?: readonly string[];
}
