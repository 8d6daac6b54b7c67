export type {
  Capabilities,
  Contact,
  ContactGateway,
  EraseAnswer,
  FieldChanges,
  FieldValue,
  NewContact,
  WhatsAppAnswer,
  WriteAnswer,
} from './contacts/contact-gateway.ts';
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
  TimeoutError,
  UnauthorizedError,
  UnavailableError,
  UnexpectedBodyError,
} from './errors/cbb-error.ts';
export { CbbException, isCbbException, toException } from './errors/to-exception.ts';
export type { CircuitBreakerOptions, CommonOptions, RetryOptions } from './options/client-options.ts';
export type { PlanClient, PlanClientOptions, PlanPaths } from './plan/create-plan-client.ts';
export type { CallOptions } from './resilience/call-options.ts';
export { type Clock, systemClock } from './resilience/clock.ts';
export type { Hooks, RequestEvent, ResponseEvent } from './resilience/hooks.ts';
export {
  createSlidingWindowLimiter,
  type RateLimitAnswer,
  type RateLimiter,
} from './resilience/rate-limiter.ts';
