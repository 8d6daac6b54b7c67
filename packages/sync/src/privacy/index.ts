export { maskPhone } from './mask-phone.ts';
export { redact } from './redact.ts';
