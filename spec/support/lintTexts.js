/**
 * Lints texts as if they stood in files of the project: `[{ path, text }]` in, the names of the broken rules of each
 * out. A process of its own, because ESLint loads its configuration in a way that jest's module system does not know.
 * Rules that need types are left out: the files are not on disk.
 */
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

let input = '';
for await (const chunk of process.stdin) input += chunk;

const eslint = new ESLint({ overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }] });
const broken = [];
for (const { path, text } of JSON.parse(input)) {
  const [result] = await eslint.lintText(text, { filePath: path });
  broken.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(broken));
