import { CopyButton } from './copy-button.tsx';

/** A command to type into a terminal, ready to copy. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
      <code className="min-w-0 grow overflow-x-auto py-1 whitespace-nowrap text-ink">{command}</code>
      <CopyButton text={command} label={`Copy ${command}`} />
    </div>
  );
}
