import { library } from '../../tools/tsup.ts';

export default library({
  esbuildOptions(options, { format }) {
    // Jest cannot run `import()` in CommonJS: there the peers are loaded by `require`.
    if (format === 'cjs') options.supported = { ...options.supported, 'dynamic-import': false };
  },
});
