import { appendFileSync, mkdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { recordedInPlaceOf } from './seam.ts';

// Loaded by `--import` into the processes that a test starts: they leave their requests in a folder for it.
const folder = new URL(import.meta.url).searchParams.get('folder') ?? '';

globalThis.requestRecorder = {
  pending: new Set(),
  keep(request) {
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(request)}\n`);
  },
};

registerHooks({
  resolve: (specifier, context, next) =>
    next(recordedInPlaceOf(specifier, context.parentURL)?.href ?? specifier, context),
});
