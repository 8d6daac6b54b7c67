export { defineMapping } from './define-mapping.ts';
export type {
  Column,
  EligibilityRule,
  FieldDefinition,
  MappingDefinition,
  MoneyField,
  NumberField,
  PlainField,
  TextField,
} from './definition.ts';
export type {
  DesiredContact,
  Eligibility,
  FieldIntent,
  FieldProblem,
  Mapping,
  PhoneInput,
} from './mapping.ts';
export type { StandardIssue, StandardResult, StandardSchema } from './standard-schema.ts';
