import { VirtualTimeScheduler } from 'rxjs';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import type { HttpRequest, HttpResponse, Wire } from '../../../lib/network/network.js';
import { simulatedTastytrade, type SimulatedTastytradeConfig } from '../../../lib/simulation/index.js';

export type Json = Readonly<Record<string, unknown>>;
export const ACCOUNT = '5WT00000';
export const LOGIN =
  '{"refresh_token":"simulated-refresh-token","client_secret":"simulated-client-secret","scope":"read trade","grant_type":"refresh_token"}';

/** A simulated tastytrade of two accounts in virtual time, and who asks it by raw frames. */
export function stage(config: SimulatedTastytradeConfig = {}) {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTastytrade({ scheduler, latency: 0, accounts: [ACCOUNT, '5WT00001'], activity: 0, ...config });
  const pass = (ms: number): void => {
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = scheduler.now() + ms;
    scheduler.flush();
  };
  const ask = (request: Omit<HttpRequest, 'url'> & { readonly path: string }): HttpResponse => {
    const answers: HttpResponse[] = [];
    venue.network.request({ ...request, url: `https://x${request.path}` }).subscribe((answer) => answers.push(answer));
    pass(1);
    return answers[0] ?? { status: 0, headers: {}, body: '' };
  };
  const bodyOf = ({ body }: HttpResponse): Json => JSON.parse(body) as Json;
  const login = (): string =>
    String(bodyOf(ask({ method: 'POST', path: '/oauth/token', body: LOGIN }))['access_token']);
  const open = () => {
    const frames: Json[] = [];
    const codes: (number | undefined)[] = [];
    let wire: Wire | undefined;
    venue.network.open({ url: 'wss://streamer' }).subscribe({
      next: (opened) => {
        wire = opened;
        opened.messages.subscribe((text) => frames.push(JSON.parse(text) as Json));
      },
      error: (error: unknown) => codes.push(error instanceof WireLostError ? error.code : undefined),
    });
    pass(1);
    const say = (message: Json): Json | undefined => {
      wire?.send(JSON.stringify(message));
      pass(1);
      return frames.at(-1);
    };
    return { frames, codes, say };
  };
  return { venue, pass, ask, bodyOf, login, open };
}
