import { describe, expect, it } from 'vitest';
import { misfits } from './index.ts';

const NUMPY_1 = 'numpy==1.26.4\npyarrow==26.0.1\nstreamlit==1.67.0\n';

describe('an installation', () => {
  it('whose NumPy 1 somebody else brought along gets a pyarrow for it', () => {
    expect(misfits({ keeps: [] }, NUMPY_1)).toEqual({ requirements: ['pyarrow<26'], notes: ['Installed again as pyarrow<26, because of numpy==1.26.4: newer ones need NumPy 2.'] });
  });

  it('keeps what the repository says, and all of a lock', () => {
    expect(misfits({ keeps: ['pyarrow'] }, NUMPY_1).requirements).toEqual([]);
    expect(misfits({ keeps: null }, NUMPY_1).requirements).toEqual([]);
  });

  it('is followed from one need to the next', () => {
    expect(misfits({ keeps: ['scikit-learn'] }, 'scikit_learn==1.2.2\nnumpy==2.4.6\npyarrow==26.0.1\n').requirements).toEqual(['numpy<2', 'pyarrow<26']);
  });

  it('of an old Streamlit gets the setuptools that it imports, from a lock too', () => {
    for (const keeps of [[], null]) {
      expect(misfits({ keeps }, 'streamlit==0.79.0\n')).toEqual({ requirements: ['setuptools<81'], notes: ['setuptools<81 is installed too: streamlit==0.79.0 imports pkg_resources and does not ask for it.'] });
      expect(misfits({ keeps }, 'streamlit==0.79.0\nsetuptools==75.0.0\n').requirements).toEqual([]);
      expect(misfits({ keeps }, 'streamlit==1.6.0\n').requirements).toEqual([]);
    }
  });

  it('that fits is left alone', () => {
    expect(misfits({ keeps: [] }, 'numpy==2.4.6\npandas==3.0\npyarrow==26.0.1\nstreamlit==1.67.0\ntornado==6.6\n-e file:///app\n').requirements).toEqual([]);
    expect(misfits({ keeps: [] }, 'numpy==1.26.4\npyarrow==25.0.1\n').requirements).toEqual([]);
  });

  it('gets nothing that it does not have', () => {
    expect(misfits({ keeps: [] }, 'numpy==1.26.4\n').requirements).toEqual([]);
  });
});
