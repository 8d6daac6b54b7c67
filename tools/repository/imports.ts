import { isBuiltin } from 'node:module';
import ts from 'typescript';

export interface ImportsOfFile {
  readonly builtins: readonly string[];
  /** Package names, subpaths cut off. */
  readonly packages: readonly string[];
  /** Relative specifiers as written. */
  readonly relative: readonly string[];
}

/** Every static, dynamic and type-only import and re-export of a source text. */
export function importsOf(source: string): ImportsOfFile {
  const specifiers = ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName);
  const relative = specifiers.filter((specifier) => specifier.startsWith('.'));
  const bare = specifiers.filter((specifier) => !specifier.startsWith('.'));
  return {
    builtins: bare.filter((specifier) => isBuiltin(specifier)),
    packages: bare.filter((specifier) => !isBuiltin(specifier)).map(packageName),
    relative,
  };
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
