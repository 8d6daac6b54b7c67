import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The folders whose statements are looked at; those of migrations, of the start and of scopes are not. */
const folders = ['store', 'operator'];
const source = fileURLToPath(new URL('../src/', import.meta.url));

const frame = /\/src\/(([\w-]+)\/[\w-]+\.ts):(\d+)/;

/** The place in the code that runs a statement now, as `store/begin.ts:52`; null where it is none of the store's. */
export function siteOfCaller(): string | null {
  const frames = (new Error('for its stack').stack ?? '').split('\n');
  const asks = frames.findLastIndex((line) => line.includes('/src/client/database.ts'));
  const [, file, folder = '', line] = frame.exec(asks === -1 ? '' : (frames[asks + 1] ?? '')) ?? [];
  return folders.includes(folder) ? `${file}:${line}` : null;
}

/** All such places, read from the code itself: a new statement is there before any test runs it. */
export async function sitesInCode(): Promise<readonly string[]> {
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(`${source}${folder}`)).map((name) => `${folder}/${name}`)),
  );
  const sites = files
    .flat()
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(async (file) => {
      const text = await readFile(`${source}${file}`, 'utf8');
      return [...text.matchAll(/\.(?:ask|run)\(/g)].map(
        ({ index }) => `${file}:${text.slice(0, index).split('\n').length}`,
      );
    });
  return (await Promise.all(sites)).flat();
}
