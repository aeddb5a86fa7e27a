/** Debian's Chromium, as tests and scripts start it. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Why there is no browser, if there is none. */
export const noBrowser = existsSync(executablePath) ? false : `no browser at ${executablePath}; CHROMIUM names another`;

export const launch = (...more) =>
  chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...more,
    ],
  });
