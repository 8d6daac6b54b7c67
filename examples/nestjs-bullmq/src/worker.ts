import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { runProcess } from './configuration/run-process';
import { WorkerModule } from './worker/worker.module';

// Takes no orders over HTTP: the port answers health checks only.
void runProcess('Worker', async (configuration) => {
  const app = await NestFactory.create(WorkerModule.forRoot(configuration), { abortOnError: false });
  app.enableShutdownHooks();
  await app.listen(configuration.workerPort, configuration.host);
});
