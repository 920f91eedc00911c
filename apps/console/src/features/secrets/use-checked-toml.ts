'use client';

import { useEffect, useState } from 'react';
import { checkToml, type CheckedToml } from './check-toml.ts';

const NOTHING: CheckedToml = { problem: null, names: [] };

/** What is known about a text that is being typed. */
export function useCheckedToml(text: string): CheckedToml {
  const [checked, setChecked] = useState(NOTHING);
  useEffect(() => {
    let current = true;
    void checkToml(text).then((result) => {
      if (current) setChecked(result);
    });
    return () => {
      current = false;
    };
  }, [text]);
  return text.trim() === '' ? NOTHING : checked;
}
