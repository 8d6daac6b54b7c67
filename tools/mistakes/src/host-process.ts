import { liveAsHost } from './host-life.ts';

// A host in a process of its own: what it hears goes to the parent, a line each.
const [orderId = '', kinds = '', queue = '', prefix = '', says = ''] = process.argv.slice(2);
const patterns = says.split('\n');
const heard = await liveAsHost({
  environment: process.env,
  orderId,
  module: null,
  options: { queue, queueOptions: queue === 'bullmq' ? { prefix } : {} },
  enough: ({ kind, text }) =>
    kinds.split(',').includes(kind) && patterns.every((pattern) => new RegExp(pattern).test(text)),
});
for (const told of heard) console.log(JSON.stringify(told));
process.exit();
