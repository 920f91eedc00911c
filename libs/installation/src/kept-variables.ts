/** Variables that were kept, with what this environment names instead. Naming nothing, `KEY=`, returns to the default. */
export function keptVariables<K extends string>(keys: readonly K[], env: NodeJS.ProcessEnv, kept: Readonly<Partial<Record<K, string>>>, read = (_key: K, text: string): string => text): Partial<Record<K, string>> {
  const given = Object.fromEntries(keys.flatMap((key) => (env[key] === undefined ? [] : [[key, read(key, env[key].trim())]])));
  return Object.fromEntries(Object.entries({ ...kept, ...given }).filter(([, value]) => value !== '')) as Partial<Record<K, string>>;
}

export const listOf = (text = ''): string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '');
