import { existsSync } from 'node:fs';
import { join } from 'node:path';

const HOW = 'npm ci --prefix spec/clients';

/**
 * A test of a client that others wrote: runs where its package is installed. Where it is not, it fails in CI and is
 * skipped elsewhere, and says what is missing.
 */
export function itWith(client: string, name: string, test: () => Promise<void>, timeout: number): void {
  if (existsSync(join(__dirname, 'node_modules', client, 'package.json'))) it(name, test, timeout);
  else if (process.env['CI'] === undefined) it.skip(`${name} (${client} is not installed: ${HOW})`, test);
  else {
    it(name, () => {
      throw new Error(`${client} is not installed: ${HOW}`);
    });
  }
}
