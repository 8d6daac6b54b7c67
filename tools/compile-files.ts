import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const compiler = join(
  dirname(fileURLToPath(import.meta.resolve('typescript-native/package.json'))),
  'bin/tsc',
);

/**
 * Writes files such as those that a README shows into a folder two levels below a package, and compiles them with its
 * settings. Gives what the compiler says: nothing where all is well.
 */
export async function compileFiles(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  const compilerOptions = { noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
  const project = { extends: '../../tsconfig.json', compilerOptions, include: ['.'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch(
    (failed: { readonly stdout: string }) => failed,
  );
  return stdout;
}
