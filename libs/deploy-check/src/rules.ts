export type Severity = 'error' | 'warning' | 'note';

interface Rule {
  readonly severity: Severity;
  /** What is found, in a few words. */
  readonly title: string;
  /** Why it matters, about what was found there. */
  readonly why: (subject: string) => string;
  readonly fix: string;
}

/** Every rule of the check. The page of each is in `docs/deploy-check.md`. */
export const RULES = {
  committed_credential: {
    severity: 'error',
    title: 'A credential is committed',
    why: (subject) => `${capital(subject)} is committed: whoever can read the repository, or its history, can use it.`,
    fix: 'Replace it where it was issued, remove it from the file, and set the new one in the app’s secrets.',
  },
  secrets_file: {
    severity: 'warning',
    title: 'A secrets.toml is committed',
    why: () => 'A secrets.toml is committed: it is left out of the image, and its history stays readable.',
    fix: 'Remove the file, add its path to .gitignore, and set its values in the app’s secrets.',
  },
  uncached_load: {
    severity: 'warning',
    title: 'Data is loaded on each rerun',
    why: (subject) => `${subject} runs again on each interaction of each visitor.`,
    fix: 'Move it into a function with @st.cache_data, or @st.cache_resource for a model.',
  },
  connection_per_rerun: {
    severity: 'warning',
    title: 'A connection is opened on each rerun',
    why: (subject) => `${subject} opens another connection on each interaction, until the server has none left.`,
    fix: 'Open it in a function with @st.cache_resource, or use st.connection.',
  },
  shared_user_data: {
    severity: 'warning',
    title: 'Data of one visitor is cached for all',
    why: (subject) => `${subject}, and a cached function’s answer is shared by all visitors.`,
    fix: 'Keep what belongs to one visitor in st.session_state, or pass it to the function as an argument.',
  },
  state_reset: {
    severity: 'warning',
    title: 'Session state is reset on each rerun',
    why: (subject) => `st.session_state.${subject} gets its first value again on each interaction, so what was stored is lost.`,
    fix: 'Set it once: put “if "…" not in st.session_state” before it, or use st.session_state.setdefault.',
  },
  page_config_order: {
    severity: 'warning',
    title: 'set_page_config is not the first command',
    why: (subject) => `This version of Streamlit refuses st.set_page_config after another command: ${subject} comes first.`,
    fix: 'Move st.set_page_config to the top, below the imports, or use Streamlit 1.46 or newer.',
  },
  no_timeout: {
    severity: 'warning',
    title: 'A request has no time limit',
    why: (subject) => `${subject} has no time limit: if the other side does not answer, the visitor waits for ever.`,
    fix: 'Give it one, such as timeout=10.',
  },
  long_sleep: {
    severity: 'warning',
    title: 'The script sleeps for long',
    why: (subject) => `The script sleeps for ${subject} seconds on each run, and the page shows nothing new meanwhile.`,
    fix: 'Let a fragment run again by itself: @st.fragment(run_every=…).',
  },
  lost_write: {
    severity: 'warning',
    title: 'A file is written that does not last',
    why: (subject) => `“${subject}” lies on the disk of one instance, which is emptied when the app restarts or is deployed.`,
    fix: 'Keep what must last in a database or an object store.',
  },
  missing_requirement: {
    severity: 'warning',
    title: 'A dependency is not declared',
    why: (subject) => `${subject} is imported, and no dependency brings it.`,
    fix: 'Add it to the app’s dependency file.',
  },
  unpinned_requirement: {
    severity: 'note',
    title: 'Dependencies have no version',
    why: (subject) => `${subject} without any version: a new environment may get another one than you tested.`,
    fix: 'Give each a version or a range, such as “pandas>=2.2,<3”.',
  },
  unused_requirement: {
    severity: 'note',
    title: 'Dependencies are not used',
    why: (subject) => `${subject} ${subject.includes(',') ? 'are' : 'is'} installed and imported nowhere: environments are larger and slower to make than needed.`,
    fix: 'Remove what is not needed.',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
export const RULE_IDS = Object.keys(RULES) as RuleId[];

/** One fault at one place. The texts are sentences for people; no value of a secret is in them. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** From the repository's root. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly why: string;
  readonly fix: string;
}

export function findingOf(rule: RuleId, path: string, line: number, subject: string): Finding {
  const { severity, why, fix }: Rule = RULES[rule];
  return { rule, severity, path, line, why: why(subject), fix };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
