import { liveAsHost } from './host-life.ts';

// A host in a process of its own: what it hears goes to the parent, a line each.
const [orderId = '', kinds = '', queue = '', prefix = ''] = process.argv.slice(2);
const heard = await liveAsHost({
  environment: process.env,
  orderId,
  module: null,
  options: { queue, queueOptions: queue === 'bullmq' ? { prefix } : {} },
  enough: (told) => kinds.split(',').includes(told.kind),
});
for (const told of heard) console.log(JSON.stringify(told));
process.exit();
