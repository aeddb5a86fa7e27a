import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A nats-server of a test's own. */
export interface NatsServer {
  readonly url: string;
  readonly pid: number;
  /** Has it hang, or go on. */
  hang(hangs: boolean): void;
  /** Kills it, without a word to anybody. */
  kill(): Promise<void>;
  /** Has it back at the same port. */
  restart(): Promise<void>;
}

export const configs = join(__dirname, '../../../docs/nats');

const isThere = spawnSync('nats-server', ['--version']).status === 0;

/** What needs a nats-server: skipped with a word of it where there is none. `.ci/run` installs it. */
export const describeWithNats: jest.Describe = isThere ? describe : describe.skip;
export const natsNote = isThere
  ? 'over a real nats-server'
  : 'over a real nats-server (skipped: apt-get install nats-server)';

/** Whom `accounts.conf` knows, and what they are known by. */
export const passwords = {
  MILLRACE_GATEWAY: 'one',
  MILLRACE_CONSUMER: 'two',
  MILLRACE_ACCOUNT_GATEWAY: 'three',
  MILLRACE_TRADER: 'four',
};

/** Starts one on a port that the system chooses, by a configuration that is shipped. */
export async function natsServer(
  config = 'millrace.conf',
  env: Readonly<Record<string, string>> = {},
): Promise<NatsServer> {
  let running = await started(config, -1, env);
  return {
    url: `nats://127.0.0.1:${running.port}`,
    get pid() {
      return Number(running.process.pid);
    },
    hang: (hangs) => {
      running.process.kill(hangs ? 'SIGSTOP' : 'SIGCONT');
    },
    kill: () => killed(running.process),
    restart: async () => {
      await killed(running.process);
      running = await started(config, running.port, env);
    },
  };
}

function killed(process: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (process.exitCode !== null || process.signalCode !== null) resolve();
    else {
      process.once('exit', () => resolve());
      process.kill('SIGKILL');
    }
  });
}

function started(
  config: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const args = ['-c', join(configs, config), '-a', '127.0.0.1', '-p', String(port)];
  const server = spawn('nats-server', args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`nats-server ended: ${said}`)));
    server.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      const [, chosen] = /Listening for client connections on [^\s]*:(\d+)/.exec(said) ?? [];
      if (chosen !== undefined && said.includes('Server is ready')) resolve({ process: server, port: Number(chosen) });
    });
  });
}
