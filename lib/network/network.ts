import type { Observable } from 'rxjs';

/** Where to open a wire. */
export interface Endpoint {
  /** `ws://`, `wss://` for sockets; `http://`, `https://` for chunked streams. */
  readonly url: string;
  /** WebSocket sub-protocols. */
  readonly protocols?: readonly string[];
  /** Upgrade or request headers. Never recorded, never reported. Browsers can't send them on sockets. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One open connection. */
export interface Wire {
  /**
   * Text frames in order, delivered as they arrive. Hot. Never errors: the observable that opened the wire tells its
   * end.
   */
  readonly messages: Observable<string>;
  /** Signs of life below the frames (protocol pings and pongs), where the platform shows them. */
  readonly activity?: Observable<unknown> | undefined;
  /** Sends a text frame. Throws nothing; a broken wire is told by the observable that opened it. */
  send(text: string): void;
  /** Begins the closing handshake. Default: 1000, no reason. */
  close(code?: number, reason?: string): void;
}

/** One request to a venue's REST side. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Whole, with its query. */
  readonly url: string;
  /** Never recorded, never reported. */
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is sent; its type stands in the headers. */
  readonly body?: string;
}

/** Its answer, of whatever status; the body whole, as text. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text, whatever its type. */
  readonly body: string;
}

/**
 * The one seam to the outside world. Live, recorded, replayed, simulated and marble networks all have this shape, so
 * the same code runs on each.
 */
export interface Network {
  /**
   * Cold. Emits the wire once when it is open; errors with a `WireLostError` when it can't be opened or is lost, a
   * clean close by the other side included; completes only after our own `close`. Unsubscribing closes the wire with
   * code 1000, also while it is still opening.
   */
  open(endpoint: Endpoint): Observable<Wire>;
  /**
   * Cold. Emits the response, whatever its status, and completes; errors with a `RequestFailedError` when there is
   * none. Unsubscribing aborts.
   */
  request(request: HttpRequest): Observable<HttpResponse>;
  /**
   * How long an answer to a request may take, in ms; `Infinity` where nobody is to wait less. A request that takes longer
   * fails as one without an answer, whether the network ends it or not. Default: 30,000.
   */
  readonly answersWithin?: number | undefined;
  /**
   * What comes was told before, whatever is sent: where updates are missing no new subscription brings a snapshot, and what
   * comes behind them still counts. Default: somebody listens.
   */
  readonly isRecorded?: boolean | undefined;
  /** Emits where nothing more will ever come: a recording that is over. Late observers hear it too. */
  readonly finished$?: Observable<unknown> | undefined;
  /** Emits when the outside may have come back (browser online or visible again): waits are cut short. */
  readonly wake?: Observable<unknown> | undefined;
}
