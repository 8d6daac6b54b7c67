import { library } from '../../tools/tsup.ts';

// openapi-fetch stays a dependency for its types; its code is bundled, because its CommonJS default export breaks
// under interop.
export default library({ noExternal: ['openapi-fetch'] });
