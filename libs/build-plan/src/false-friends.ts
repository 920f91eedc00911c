/** How libraries say that a server's name has no address. */
export const NAME_UNKNOWN = /gaierror|Name or service not known|NameResolutionError|Failed to resolve|failure in name resolution/;

/** Exceptions whose words say little to whoever does not know them, and what they mean. */
export const FALSE_FRIENDS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/UnpicklingError: invalid load key, 'v'|XGBoostError.*git-lfs|magic number; corrupt file|git-lfs\.github\.com/, 'The file is probably kept in Git LFS, which is not fetched, so only its pointer is there: commit the file itself, or load it from elsewhere.'],
  [/ArrowInvalid: .*Parquet magic bytes not found/, 'The file is not a Parquet file: it may be kept in Git LFS, which is not fetched, so that only its pointer is there.'],
  [/JSONDecodeError: Expecting value: line 1 column 1/, 'What is read there is empty or no JSON; of a file kept in Git LFS only the pointer is there.'],
  [/DatabaseError: file is not a database|BadZipFile: File is not a zip file|UnidentifiedImageError|file signature not found/, 'The file is not what its name says; of a file kept in Git LFS only the pointer is there.'],
  [/numpy\.dtype size changed|compiled using NumPy 1\.x|numpy\.core\.multiarray failed to import/, 'A package was made for NumPy 1: add “numpy<2”, or ask for a newer version of that package.'],
  [/^ImportError: \w+ requires \w+ [\d.]+ or newer, found/, 'Ask for versions of the two that were released at about the same time.'],
  [/Could not find page|Unable to create Page/, 'Commit that file, or correct its path: it starts at the folder of the entry file, and upper and lower case differ.'],
  [NAME_UNKNOWN, 'The name of that server is not known, or the app may not reach it: check the address.'],
  [/`BaseSettings` has been moved to the `pydantic-settings` package/, 'A package was made for pydantic 1: add “pydantic<2”, or ask for a newer version of that package.'],
  [/AttributeError: module 'numpy' has no attribute '(?:bool|int|float|object|str|complex|long)'/, 'NumPy 1.24 removed that name: use Python’s own, or add “numpy<1.24” where a package asks for it.'],
  [/AttributeError: `np\.\w+` was removed in the NumPy 2\.0 release/, 'Write the name that the message gives, or add “numpy<2”.'],
  [/'(?:DataFrame|Series)' object has no attribute '(?:append|iteritems)'/, 'pandas 2 removed that: use pd.concat or items, or ask for “pandas<2”.'],
  [/attempted relative import with no known parent package/, 'The entry file is run as a script of its own: write the import without the dot.'],
  [/^ImportError: cannot import name '[^']+' from '[^']+' \(\/opt\/env\//, 'The version that is installed does not have it: ask for one that does, or for another version of the package that imports it.'],
  [/DuplicateElementId|DuplicateWidgetID/, 'Give each of these elements a key of its own.'],
];
