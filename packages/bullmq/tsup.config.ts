import { library } from '../../tools/tsup.ts';

// The shims give the CommonJS build an import.meta.url, from which the peer is resolved.
export default library({ shims: true });
