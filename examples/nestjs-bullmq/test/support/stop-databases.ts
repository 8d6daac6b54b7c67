import { databases } from './databases';

export default async function stopDatabases(): Promise<void> {
  await databases.stop();
}
