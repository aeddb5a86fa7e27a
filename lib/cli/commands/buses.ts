import { readFile } from 'node:fs/promises';
import type { Bus } from '../../relay/index.js';
import type * as Nats from '../../nats/index.js';
import type * as Client from '@nats-io/transport-node';
import { UsageError } from '../args/usageError.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** A secret is no word of a command line, where everybody on the machine can read it. */
export const tokenOf = ({ MILLRACE_TOKEN: token }: Environment): string | undefined =>
  token === '' ? undefined : token;

/**
 * A bus over NATS. Who we are to it is in the environment: `NATS_USER` and `NATS_PASSWORD`, `NATS_TOKEN`, or `NATS_CREDS`, a
 * file; `NATS_INBOX`: under which answers come.
 */
export async function busOver(servers: readonly string[], connectionName?: string): Promise<Bus> {
  const [{ natsBus }, { credsAuthenticator }] = await clientOfNats();
  const { NATS_USER: user, NATS_PASSWORD: pass, NATS_TOKEN: token, NATS_CREDS: creds, NATS_INBOX } = process.env;
  const login =
    creds !== undefined
      ? { authenticator: credsAuthenticator(await readFile(creds)) }
      : token !== undefined
        ? { token }
        : user !== undefined
          ? { user, ...(pass !== undefined && { pass }) }
          : undefined;
  return natsBus({
    servers,
    connection: { ...login, ...(NATS_INBOX !== undefined && { inboxPrefix: NATS_INBOX }) },
    ...(connectionName !== undefined && { connectionName }),
  });
}

/** The client of NATS is installed by whoever uses it. */
async function clientOfNats(): Promise<[typeof Nats, typeof Client]> {
  try {
    return [await import('../../nats/index.js'), await import('@nats-io/transport-node')];
  } catch {
    throw new UsageError('NATS takes its own client: npm install @nats-io/transport-node');
  }
}
