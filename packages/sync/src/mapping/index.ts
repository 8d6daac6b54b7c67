export { defineMapping } from './define-mapping.ts';
export type {
  Column,
  Columns,
  EligibilityRule,
  FieldDefinition,
  MappingDefinition,
  MoneyField,
  NumberField,
  PhoneRule,
  PlainField,
  TextField,
} from './definition.ts';
export type {
  DesiredContact,
  Eligibility,
  FieldIntent,
  FieldProblem,
  Mapping,
  MappingFailure,
  ParsedRow,
  PhoneInput,
} from './mapping.ts';
export type { StandardIssue, StandardResult, StandardSchema } from './standard-schema.ts';
