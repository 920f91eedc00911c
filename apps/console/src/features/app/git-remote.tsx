import { CommandLine } from '#ui/command-line.tsx';
import { Section } from '#ui/section.tsx';

/** How to push to an app that has its own Git remote. */
export function GitRemote({ gitUrl, branch }: { readonly gitUrl: string; readonly branch: string }) {
  return (
    <Section title="Push to deploy" description="This app has a Git remote of its own. A push deploys and shows the build log in your terminal; the password is an API token.">
      <div className="flex flex-col gap-2">
        <CommandLine command={`git remote add weir ${gitUrl}`} />
        <CommandLine command={`git push weir HEAD:${branch}`} />
      </div>
    </Section>
  );
}
