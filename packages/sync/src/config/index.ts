export {
  accountOnPlan,
  type CbbConfiguration,
  type EnvironmentOptions,
  type InvalidConfiguration,
  parseEnvironment,
} from './environment.ts';
export { type EnvironmentName, environmentNames } from './environment-names.ts';
