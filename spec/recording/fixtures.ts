import { Observable, Subject, of, throwError } from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Endpoint, HttpRequest, HttpResponse, Network, Wire } from '../../lib/network/network.js';
import type { RecordedEvent, RecordedSocket, Recording } from '../../lib/recording/format.js';

/** A network of which a test plays the other side. */
export class FakeNetwork implements Network {
  readonly wires: {
    readonly endpoint: Endpoint;
    readonly frames: Subject<string>;
    readonly sent: string[];
    lose(): void;
  }[] = [];
  readonly requests: HttpRequest[] = [];
  respond: (request: HttpRequest) => HttpResponse | undefined = () => undefined;
  unsubscribed = 0;

  open(endpoint: Endpoint): Observable<Wire> {
    return new Observable((subscriber) => {
      const frames = new Subject<string>();
      const sent: string[] = [];
      const lose = (): void => subscriber.error(new WireLostError('closed', 'gone', 1001));
      this.wires.push({ endpoint, frames, sent, lose });
      subscriber.next({
        messages: frames.asObservable(),
        send: (text) => sent.push(text),
        close: () => subscriber.complete(),
      });
      return () => (this.unsubscribed += 1);
    });
  }

  request(request: HttpRequest): Observable<HttpResponse> {
    this.requests.push(request);
    const response = this.respond(request);
    return response === undefined ? throwError(() => new RequestFailedError('down')) : of(response);
  }
}

export const frame = (at: number, data: string, socket = '1'): RecordedEvent => ({ at, kind: 'frame', socket, data });
export const http = (at: number, url: string, body = url, status = 200): RecordedEvent => ({
  at,
  kind: 'http',
  url,
  status,
  body,
});
export const socket = (name: string, url: string, openedAt = 1_000): RecordedSocket => ({
  socket: name,
  url,
  openedAt,
  sent: [],
});

export function recordingOf(
  events: readonly RecordedEvent[],
  sockets: readonly RecordedSocket[] = [socket('1', 'wss://venue.example/ws')],
): Recording {
  const header = {
    recording: 1,
    venue: 'acme',
    capturedAt: '1970-01-01T00:00:01Z',
    url: sockets[0]?.url ?? '',
    sent: [],
    sockets,
  } as const;
  return { header, events };
}
