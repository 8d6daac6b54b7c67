export type { Result, ResultAsync } from 'neverthrow';
export type { FetchedResponse } from './answer/fetched-response.ts';
export type { ResponseInfo } from './call/call-scope.ts';
export type { CbbCall, WithResponse } from './call/cbb-call.ts';
export { type Throwing, type ThrowingCall, toThrowing } from './call/to-throwing.ts';
export type {
  Capabilities,
  Contact,
  ContactGateway,
  EraseAnswer,
  FieldChanges,
  FieldValue,
  NewContact,
  UpdateAnswer,
  WhatsAppAnswer,
} from './contacts/contact-gateway.ts';
export { type DetectContractOptions, detectContract } from './contract/detect-contract.ts';
export type { ContractName, ProvenScope, ReadScope } from './contract/proven-scope.ts';
export { type CbbClient, type CbbClientOptions, createCbbClient } from './create-cbb-client.ts';
export type {
  AbortedError,
  CbbError,
  CbbErrorKind,
  CircuitOpenError,
  ConflictError,
  Effect,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  PartialWriteError,
  RateLimitedError,
  StopKind,
  TimeoutError,
  UnauthorizedError,
  UnavailableError,
  UnexpectedBodyError,
} from './errors/cbb-error.ts';
export type { CbbErrorCode } from './errors/error-code.ts';
export { CbbException, isCbbException, toException } from './errors/to-exception.ts';
export type {
  CircuitEvent,
  Hooks,
  PauseEvent,
  RefusalEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from './observe/hooks.ts';
export type { Logger } from './observe/logger.ts';
export type { Tracer, TracerSpan } from './observe/tracing.ts';
export type { CircuitBreakerOptions, CommonOptions, RetryOptions } from './options/client-options.ts';
export type { DerivedOptions } from './options/derived-options.ts';
export type { PlanContacts } from './plan/create-contacts.ts';
export {
  createPlanClient,
  type PlanClient,
  type PlanClientOptions,
  type PlanPaths,
} from './plan/create-plan-client.ts';
export type { CallOptions } from './resilience/call-options.ts';
export { type Clock, systemClock } from './resilience/clock.ts';
export {
  createSlidingWindowLimiter,
  type RateLimitAnswer,
  type RateLimiter,
} from './resilience/rate-limiter.ts';
export type { ApiKey } from './resilience/read-key.ts';
export type {
  V11Account,
  V11Action,
  V11Api,
  V11Contact,
  V11Content,
  V11Created,
  V11CustomField,
  V11FieldValue,
  V11FileMessage,
  V11Flow,
  V11NewContact,
  V11NewCustomField,
  V11Tag,
  V11TextMessage,
} from './v11/api.ts';
export {
  createV11Client,
  type V11Client,
  type V11ClientOptions,
  type V11Paths,
} from './v11/create-v11-client.ts';
export type { CustomFields } from './v11/custom-fields.ts';
export type { FieldDefinition, FieldType } from './v11/field-type.ts';
export type { UpdateStrategy } from './v11/update-steps.ts';
export type { VerifyAccount } from './v11/verify-account.ts';
