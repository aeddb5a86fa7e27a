import { type Observable, catchError, map, throwError } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Discretion } from '../../feed/discretion.js';
import type { VenueBase } from '../../feed/venueBase.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Endpoint } from '../../network/network.js';
import { BULLET, LEAST_PING, MOST_PING, PING_EVERY } from './endpoint.js';
import { BulletAnswer } from './frames.js';

/** Of connections that were asked for and never welcomed no more is kept than this. */
const MOST_KEPT = 100;

/** Where connections are opened, and how they are kept: the venue says both, anew for each. */
export class Bullet {
  /** How often a ping is due, in ms, by the last answer. */
  #pingEvery = PING_EVERY;
  /** The same by connection, as long as it has not begun. */
  readonly #byId = new Map<string, number>();

  constructor(private readonly restUrl: string) {}

  /** How often a ping is due, in ms, on the connection that is welcomed under this id: others were asked for meanwhile. */
  readonly pingEvery = (id: string): number => {
    const own = this.#byId.get(id) ?? this.#pingEvery;
    this.#byId.delete(id);
    return own;
  };

  #keep(id: string): void {
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined && this.#byId.size >= MOST_KEPT) this.#byId.delete(oldest);
    this.#byId.set(id, this.#pingEvery);
  }

  /**
   * Asks for an address with a token, which is good for one connection.
   *
   * @throws (on the stream) WireLostError, which says what was answered instead.
   */
  request({ requests, random }: Pick<VenueBase, 'requests' | 'random'>, discretion: Discretion): Observable<Endpoint> {
    return requests.send({ method: 'POST', url: `${this.restUrl}${BULLET}`, body: '' }).pipe(
      map((response) => {
        const { token, instanceServers } = readAnswer(BulletAnswer, response).data;
        const [server] = instanceServers;
        if (server === undefined) throw new RequestFailedError('no server to connect to');
        discretion.hide(token);
        this.#pingEvery = Math.min(Math.max(server.pingInterval ?? PING_EVERY, LEAST_PING), MOST_PING);
        const id = Math.floor(random() * 2 ** 48).toString(36);
        this.#keep(id);
        return { url: `${server.endpoint}?token=${encodeURIComponent(token)}&connectId=${id}` };
      }),
      // Asked for without a secret, so that all may be told of what came instead.
      catchError((error: unknown) =>
        throwError(() =>
          error instanceof RequestFailedError
            ? new WireLostError('auth', `no address: ${error.message}`, undefined, { cause: error })
            : error,
        ),
      ),
    );
  }
}
