import { Observable, map, mergeMap } from 'rxjs';
import { aFunction, aText, anObject, checkConfig, checkSocketUrl } from '../../../errors/optionRules.js';
import type { Network, Wire } from '../../../network/network.js';
import { type TradestationStreamRequest, urlOf } from '../topics.js';

/** What a transport opens streams with. */
export interface TradestationTransportContext {
  readonly network: Network;
  /** `https://api.tradestation.com`. */
  readonly baseUrl: string;
  /** The access token of this opening. */
  readonly token: string;
}

/**
 * One physical stream: its wire's messages are the stream's lines. Errors as wires do, a refusal with its HTTP status as
 * `code`; retries nothing. Unsubscribing ends the stream at the venue.
 */
export type TradestationStreamTransport = (
  request: TradestationStreamRequest,
  context: TradestationTransportContext,
) => Observable<Wire>;

/** What the venue offers: one GET for each stream, which is answered by lines. */
export const httpTransport: TradestationStreamTransport = (request, { network, baseUrl, token }) =>
  network.open({
    url: urlOf(baseUrl, request),
    headers: { Authorization: `Bearer ${token}`, Accept: request.accept },
  });

/** The words of a WebSocket that carries streams. The venue documents none, so whoever has such a socket brings them. */
export interface TradestationStreamCodec {
  /** The message that asks for a stream, under an id of its own. */
  readonly subscribe: (request: TradestationStreamRequest, id: string) => string;
  /** Absent: closing the socket is enough. */
  readonly unsubscribe?: (id: string) => string;
  /** The lines in one frame, and whose they are. */
  readonly read: (text: string) => { readonly id: string; readonly lines: readonly string[] };
}

/** How TradeStation's streams are had over one WebSocket instead of HTTP. */
export interface TradestationWebSocketConfig {
  /** Where it is opened, `wss://…`. The token goes into the frames that the codec makes. */
  readonly url: string;
  /** How streams are asked for and told apart on it. */
  readonly codec: TradestationStreamCodec;
}

/**
 * The shape that a client library's guide describes: a WebSocket for each stream, a message that subscribes, and the same
 * JSON objects in text frames. Not known to be served by TradeStation itself.
 *
 * @throws InvalidArgumentError for a config that can't be meant.
 */
export function webSocketTransport(config: TradestationWebSocketConfig): TradestationStreamTransport {
  checkConfig('config', config, { url: aText, codec: anObject });
  const { url, codec } = config;
  checkSocketUrl('url', url);
  checkConfig('codec', codec, { subscribe: aFunction, read: aFunction }, { unsubscribe: aFunction });
  let opened = 0;
  return (request, { network, token }) =>
    new Observable((subscriber) => {
      opened += 1;
      const id = `s${opened}`;
      let wire: Wire | undefined;
      subscriber.add(() => {
        if (wire !== undefined && codec.unsubscribe !== undefined) wire.send(codec.unsubscribe(id));
      });
      subscriber.add(
        network
          .open({ url, headers: { Authorization: `Bearer ${token}` } })
          .pipe(
            map((socket): Wire => {
              const messages = socket.messages.pipe(mergeMap((text) => linesIn(text, codec, id)));
              wire = socket;
              socket.send(codec.subscribe(request, id));
              return { ...socket, messages };
            }),
          )
          .subscribe(subscriber),
      );
    });
}

/** What can't be read is handed on as it is: whoever reads the lines tells that, and what follows from it. */
function linesIn(text: string, codec: TradestationStreamCodec, id: string): readonly string[] {
  try {
    const frame = codec.read(text);
    return frame.id === id ? frame.lines : [];
  } catch {
    return [text];
  }
}

/**
 * Words for such a socket, made up here for tests and for servers of one's own:
 * `{"action":"subscribe","id":"s1","stream":"quotes","params":{"symbols":["AAPL"]}}`, answered by `{"id":"s1","data":…}`.
 */
export const plainCodec: TradestationStreamCodec = {
  subscribe: ({ stream, params }, id) => JSON.stringify({ action: 'subscribe', id, stream, params }),
  unsubscribe: (id) => JSON.stringify({ action: 'unsubscribe', id }),
  read: (text) => {
    const { id, data } = JSON.parse(text) as { readonly id?: unknown; readonly data?: unknown };
    // Of nobody's, it would be left out in silence; and it may have been the end of a snapshot.
    if (typeof id !== 'string') throw new TypeError('a frame that does not say of which stream it is');
    return { id, lines: data === undefined ? [] : [JSON.stringify(data)] };
  },
};
