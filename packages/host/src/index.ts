export type { ProvenScope } from '@visanet/cbb-client';
export type { MigrationError, MigrationReport } from '@visanet/cbb-postgres';
export type {
  EnqueueResult,
  EnqueueSums,
  QueueAdapter,
  QueueError,
  RunDueOptions,
  RunDueResult,
  StopOptions,
  StopResult,
  SweepResult,
  WorkerEvent,
} from '@visanet/cbb-queue';
export type { RateLimitStoreFailure } from '@visanet/cbb-rate-limit';
export type { Result, ResultAsync } from 'neverthrow';
export type {
  CbbSync,
  EnqueueOptions,
  ReadyOptions,
  StartWorkerOptions,
  Transaction,
} from './cbb-sync.ts';
export type { CbbParts } from './compose/parts.ts';
export { createCbbSync } from './create-cbb-sync.ts';
export { createCbbSyncOrThrow, type ThrowingCbbSync } from './create-cbb-sync-or-throw.ts';
export type * from './errors/host-error.ts';
export { CbbSyncException, isCbbSyncException } from './errors/host-exception.ts';
export { remedyOf } from './errors/remedies.ts';
export type { CompositionEvent, HostEvent, HostWorkerEvent } from './events/host-event.ts';
export { type MigrateCbbSyncOptions, migrateCbbSync } from './migrate-cbb-sync.ts';
export type {
  CbbSyncOptions,
  HostStoreOptions,
  QueueName,
  QueueOptions,
  QueueParts,
} from './options/host-options.ts';
export type { HostClientOptions } from './parts/client.ts';
export { openClient, openV11Client } from './parts/client.ts';
export { type DriverErrorListener, tellRefusals } from './parts/driver-errors.ts';
export type { HostEngineOptions } from './parts/engine.ts';
export { layoutOf } from './parts/layout-of.ts';
export { type Preset, presetOf } from './parts/preset.ts';
export type { HostSettings, SettingsOverrides } from './settings/host-settings.ts';
export { settingsOf } from './settings/settings-of.ts';
