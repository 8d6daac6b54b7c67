import 'reflect-metadata';
import { runProcess } from './configuration/run-process';
import { createWebApp } from './web-app';

void runProcess('Web', async (configuration) => {
  const app = await createWebApp(configuration);
  await app.listen(configuration.port, configuration.host);
});
