/**
 * The site in `site/`: guides and all names by TypeDoc, marble diagrams, and pictures of the screens, which are made anew: a
 * simulated market on the terminal in virtual time, and the page of `watch --web` in a browser. Run by `npm run docs`. Without
 * Chromium (`CHROMIUM` names another path) the screens are left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { pageShots } from './docs/pageShots.js';
import { terminalShots } from './docs/terminalShots.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const screens = join(root, 'docs/screens');
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

function run(...words: readonly string[]): void {
  const { status } = spawnSync('npx', words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

run('tsx', 'scripts/renderDiagrams.ts');
rmSync(screens, { recursive: true, force: true });
mkdirSync(screens, { recursive: true });
const lines = ['# Screens', '', 'Simulated markets; made by `npm run docs`.'];
if (existsSync(executablePath)) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const { name, words } of [...(await terminalShots(browser, screens)), ...(await pageShots(browser, screens))]) {
    lines.push('', `## ${words}`, '', `![${words}](${name}.png)`);
  }
  await browser.close();
}
writeFileSync(join(screens, 'screens.md'), `${lines.join('\n')}\n`);
run('typedoc');
