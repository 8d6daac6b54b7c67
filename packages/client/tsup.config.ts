import { readFileSync } from 'node:fs';
import { library } from '../../tools/tsup.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

// openapi-fetch stays a dependency for its types; its code is bundled, because its CommonJS default export breaks
// under interop.
export default library({
  noExternal: ['openapi-fetch'],
  define: { __CBB_CLIENT_VERSION__: JSON.stringify(version) },
});
