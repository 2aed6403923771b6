/**
 * Secrets of a branch where Amplify keeps them: encrypted parameters below one path. A task gets exactly those it names,
 * from ECS, when it starts; they are in no template, and its own role cannot read them.
 */
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

export interface SecretsProps {
  /** `/amplify/<app>/<branch>-branch-<hash>` for a branch of its own, `/amplify/shared/<app>` for all of them. */
  path: string;
}

export class Secrets extends Construct {
  readonly path: string;

  constructor(scope: Construct, id: string, props: SecretsProps) {
    super(scope, id);
    this.path = props.path.replace(/\/+$/, '');
  }

  /** Each under its own name. A name without a parameter keeps a task from starting: name only what was set. */
  forTask(names: readonly string[]): Record<string, ecs.Secret> {
    return Object.fromEntries(names.map((name) => [name, ecs.Secret.fromSsmParameter(this.#parameter(name))]));
  }

  #parameter(name: string): ssm.IParameter {
    return (this.node.tryFindChild(name) as ssm.IParameter | undefined) ?? ssm.StringParameter.fromSecureStringParameterAttributes(this, name, { parameterName: `${this.path}/${name}` });
  }
}
