import type { BuildPlan } from '@weir/build-plan';

/** What names the installation's package index to uv: variables, and files for the folder of the plan's. */
export interface InstallerIndex {
  readonly env: Readonly<Record<string, string>>;
  readonly files: BuildPlan['files'];
}

/**
 * As a user's settings, because only those can say that a published file never changes: PyPI says so itself, but many an
 * index in front of it says nothing, and uv would read the metadata of every package again in every build. A repository's
 * settings would win over them, and so there it is a variable, which wins over both.
 *
 * @param folder where the sandbox finds the plan's files
 */
export function installerIndex({ configuresUv }: Pick<BuildPlan, 'configuresUv'>, url: string, folder: string): InstallerIndex {
  if (configuresUv) return { env: { UV_DEFAULT_INDEX: url }, files: [] };
  const settings = `[[index]]\nurl = ${JSON.stringify(url)}\ndefault = true\ncache-control = { files = "max-age=365000000, immutable" }\n`;
  return { env: { XDG_CONFIG_HOME: `${folder}/settings` }, files: [['settings/uv/uv.toml', settings]] };
}
