/** `npm run build:web`: the page of `millrace watch --web`, for whoever starts it in the repository. A folder may be named. */
import { fileURLToPath } from 'node:url';
import { buildPage } from './buildPage.js';

buildPage(process.argv[2] ?? fileURLToPath(new URL('../dist/web', import.meta.url)));
