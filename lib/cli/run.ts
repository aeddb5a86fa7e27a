import { InvalidArgumentError } from '../errors/invalidArgumentError.js';
import { parseArguments } from './args/parseArguments.js';
import { UsageError } from './args/usageError.js';
import { record } from './commands/record.js';
import { relay } from './commands/relay.js';
import { replay } from './commands/replay.js';
import { simulate } from './commands/simulate.js';
import { watch } from './commands/watch.js';
import { watchWeb } from './commands/watchWeb.js';
import { errorText } from './errorText.js';
import { EXIT, type ExitCode } from './exitCode.js';
import { clean } from './render/text.js';
import { readable } from './terminal/asciiOutput.js';
import type { Io } from './terminal/io.js';
import { cliVenues } from './venues/venues.js';

/** Runs the command line. Resolves to the exit code, once everything it opened is closed; never rejects. */
export async function run(words: readonly string[], world: Io): Promise<ExitCode> {
  // What programs read is UTF-8 wherever it is read (RFC 8259, 8.1).
  const io = words.includes('--json') ? world : readable(world);
  try {
    const request = parseArguments(words, cliVenues);
    switch (request.command) {
      case 'text':
        io.out.write(request.text);
        return EXIT.fine;
      case 'watch':
        return request.web === undefined ? await watch(request, io) : await watchWeb(request, request.web.port, io);
      case 'replay':
        return await replay(request, io);
      case 'record':
        return await record(request, io);
      case 'relay':
        return await relay(request, io);
      case 'simulate':
        return await simulate(request, io);
    }
  } catch (error) {
    io.err.write(`millrace: ${clean(errorText(error))}\n`);
    // What a venue can't be told was told by words: `--url` with a user, for one.
    const isMisuse = error instanceof UsageError || error instanceof InvalidArgumentError;
    return isMisuse ? EXIT.misuse : EXIT.failed;
  }
}
