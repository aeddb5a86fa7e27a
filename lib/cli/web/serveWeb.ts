import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncScheduler, of, type Observable } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { serve } from '../../node/serve.js';
import { Bridge } from '../../relay/bridge/bridge.js';
import type { Bus } from '../../relay/index.js';
import type { WebSettings, WebTable } from '../../web/settings.js';
import { UsageError } from '../args/usageError.js';
import { errorCode } from '../errorText.js';

/** What a page is served of. */
export interface WebConfig {
  /** Where the built page is. */
  readonly folder: string;
  readonly settings: WebSettings;
  /** Default: {@link USUAL}, or one that the system chooses where that is taken. */
  readonly port: number | undefined;
  /** The tables of the account as they stand. */
  readonly tables: () => readonly WebTable[];
  /** Does something to the venue. Says whether there is anything of this name to be done. */
  readonly injure: (name: string) => boolean;
}

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** A browser remembers an address; so it is the same each time, where it can be. */
const USUAL = 4280;
const HOST = '127.0.0.1';
/** No command of a client is longer, in bytes. */
const COMMAND = 4_096;
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
};
/** The page takes nothing from anywhere else, and nobody frames it. */
const GUARDS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * Serves the page of `watch --web` to this machine, and to it alone the streams that a bus has: neither pages of other origins
 * nor other names for this machine are answered.
 *
 * @throws (rejects) UsageError where the page is not built; the system's error where a port that was asked for can't be had.
 */
export async function serveWeb(bus: Bus, config: WebConfig): Promise<ServedPage> {
  const { folder, settings, port } = config;
  const answers = new Map<string, HttpResponse>([
    ['/settings.json', answer('application/json', JSON.stringify(settings))],
  ]);
  for (const [path, [file, type]] of Object.entries(FILES)) answers.set(path, answer(type, await built(folder, file)));
  const bridge = new Bridge(bus);
  const hosts = new Set<string>();
  /** Another name for this address is a page elsewhere that had its name lead here. */
  const isOwn = ({ host = '', origin }: Readonly<Record<string, string>>): boolean =>
    hosts.has(host) && (origin === undefined || origin === `http://${host}`);
  const page = {
    accept: ({ url, headers }: Parameters<Bridge['accept']>[0], client: Parameters<Bridge['accept']>[1]) =>
      isOwn(headers) ? bridge.accept({ url, headers: {} }, client) : { refuse: 403 },
    http: ({ method, url, headers = {} }: HttpRequest): Observable<HttpResponse> => {
      if (!isOwn(headers)) return of(answer('text/plain', 'not for pages of other origins', 403));
      const path = url.replace(/\?.*$/, '');
      const found = method === 'GET' ? (answers.get(path) ?? tablesAt(path, config)) : injuredBy(method, url, config);
      return of(found ?? answer('text/plain', 'not here', 404));
    },
  };
  try {
    const served = await listening(page, port);
    for (const name of [HOST, 'localhost']) hosts.add(`${name}:${served.port}`);
    return {
      url: `${served.httpUrl}/`,
      close: async () => {
        bridge.close();
        await served.close();
      },
    };
  } catch (error) {
    bridge.close();
    throw error;
  }
}

const tablesAt = (path: string, { tables }: WebConfig): HttpResponse | undefined =>
  path === '/tables.json' ? answer('application/json', JSON.stringify(tables())) : undefined;

/** `POST /injure?name=drop` */
function injuredBy(method: string, url: string, { injure }: WebConfig): HttpResponse | undefined {
  const { pathname, searchParams } = new URL(url, 'http://page');
  if (method !== 'POST' || pathname !== '/injure' || !injure(searchParams.get('name') ?? '')) return undefined;
  return answer('application/json', JSON.stringify({ at: asyncScheduler.now() }));
}

async function listening(page: Parameters<typeof serve>[0], port: number | undefined): ReturnType<typeof serve> {
  const config = { host: HOST, maxBody: COMMAND, maxHeld: 2 ** 22 };
  try {
    return await serve(page, { ...config, port: port ?? USUAL });
  } catch (error) {
    if (port !== undefined || errorCode(error) !== 'EADDRINUSE') throw error;
    return serve(page, { ...config, port: 0 });
  }
}

const answer = (type: string, body: string, status = 200): HttpResponse => ({
  status,
  headers: { 'content-type': type, ...GUARDS },
  body,
});

async function built(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch {
    throw new UsageError(`the page is not built: npm run build:web (${join(folder, file)} is not there)`);
  }
}
