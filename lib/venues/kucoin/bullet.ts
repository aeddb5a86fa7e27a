import { type Observable, catchError, map, throwError } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Discretion } from '../../feed/discretion.js';
import type { VenueBase } from '../../feed/venueBase.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Endpoint } from '../../network/network.js';
import { BULLET, LEAST_PING, MOST_PING, PING_EVERY } from './endpoint.js';
import { BulletAnswer } from './frames.js';

/** Where connections are opened, and how they are kept: the venue says both, anew for each. */
export class Bullet {
  #pingEvery = PING_EVERY;

  constructor(private readonly restUrl: string) {}

  /** How often a ping is due, in ms, by the last answer. */
  get pingEvery(): number {
    return this.#pingEvery;
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
