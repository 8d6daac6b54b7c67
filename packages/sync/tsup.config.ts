import { library } from '../../tools/tsup.ts';

export default library({ noExternal: ['@noble/hashes'] });
