import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCode } from '@visanet/cbb-queue';
import { err, ok, type Result } from 'neverthrow';
import { isOwnComplaint } from '../own-complaint.ts';

/** The default export of a module of the host's, or why there is none, in one sentence. */
export async function loadDefaultExport(file: string): Promise<Result<unknown, string>> {
  const path = resolve(file);
  const name = basename(path);
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (!exists) return err('there is no such file; a relative path begins at the folder in which cbb runs');
  try {
    const module: unknown = await import(pathToFileURL(path).href);
    if (typeof module === 'object' && module !== null && 'default' in module) return ok(module.default);
    return err(`${name} has no default export; it needs: export default { mapping, store }`);
  } catch (thrown) {
    return err(await whyNot(path, thrown));
  }
}

/** A foreign message may hold anything: only names and lines are taken from it. */
async function whyNot(path: string, thrown: unknown): Promise<string> {
  const name = basename(path);
  if (!(thrown instanceof Error)) return `${name} throws while it is loaded`;
  const imported = /^Cannot find (?:package|module) '([\w@./-]+)'/.exec(thrown.message)?.[1];
  if (errorCode(thrown) === 'ERR_MODULE_NOT_FOUND' && imported !== undefined) {
    const module = imported.startsWith('/') ? basename(imported) : imported;
    return `${name} imports ${module}, which is not there; is it installed?`;
  }
  if (thrown instanceof TypeError && isOwnComplaint(thrown.message)) return `${name}: ${thrown.message}`;
  if (thrown instanceof SyntaxError) {
    const place = placeOf(thrown.stack ?? '') ?? placeOf(await check(path));
    if (place !== null) return `${place.file} has a syntax error in line ${place.line}`;
  }
  const line = lineIn(name, thrown.stack ?? '');
  return `${name} throws a ${thrown.name} while it is loaded${line === null ? '' : `, in line ${line}`}`;
}

/** Node puts the place of a syntax error before its words, unless it is one of an ES module that was imported. */
function placeOf(report: string): { readonly file: string; readonly line: string } | null {
  const [, path, line] = /^(?:file:\/\/)?(\S+):(\d+)\n/.exec(report) ?? [];
  return path === undefined || line === undefined ? null : { file: basename(path), line };
}

/** What Node says of a file that it reads without running it. */
function check(path: string): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, ['--check', path], (_, __, stderr) => done(stderr));
  });
}

function lineIn(name: string, stack: string): string | null {
  const at = stack.split('\n').find((line) => line.includes(`/${name}:`));
  return /:(\d+):\d+\)?$/.exec(at ?? '')?.[1] ?? null;
}
