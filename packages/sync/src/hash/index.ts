export { createHasher, type Hasher, type HasherOptions } from './field-hash.ts';
