import { library } from '../../tools/tsup.ts';

export default library({ noExternal: ['openapi-fetch'] });
