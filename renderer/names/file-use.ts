/** What a file is good for here, by its name and by how it begins. */

/** 'names or layouts': XML or JSON, which only its content can tell. */
export type FileUse = 'trace' | 'layouts' | 'names' | 'names or layouts';

const onlyLayouts = /\.man$/i;
const onlyNames = /\.(txt|csv|clixml)$/i;
const either = /\.(xml|json)$/i;

/** Everything that has no ending of another use is tried as a trace: the engine says what it is. */
export function fileUse(name: string): FileUse {
  if (onlyLayouts.test(name)) return 'layouts';
  if (onlyNames.test(name)) return 'names';
  return either.test(name) ? 'names or layouts' : 'trace';
}

/** Root elements of manifests and of dumps of providers, as they may stand in a file behind comments and declarations. */
const layoutElements = /<(?:\w+:)?(instrumentationManifest|instrumentation|assembly|provider|Providers)[\s>/]/;
/** Properties that Get-WinEvent -ListProvider has, and catalogs of layouts. */
const layoutProperties = /"(hopscopeLayouts|LogLinks|Template|Opcodes)"\s*:/;
/** How PowerShell's Export-Clixml begins. */
const clixmlElement = /<Objs[\s>]/;

/** The same, of a file that begins so; it need not be the whole of it. */
export function fileUseByContent(name: string, start: string): FileUse {
  const use = fileUse(name);
  if (use !== 'names or layouts') return use;
  if (clixmlElement.test(start)) return 'names';
  return layoutElements.test(start) || layoutProperties.test(start) ? 'layouts' : use;
}

/** As much of a file as tells what it is. In bytes. */
const startLength = 16_384;

/** The use of a file that is at hand; one that cannot be read is judged by its name, and its reader says why. */
export async function useOfFile(file: File): Promise<FileUse> {
  if (fileUse(file.name) !== 'names or layouts') return fileUse(file.name);
  const bytes = await file
    .slice(0, startLength)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return fileUseByContent(file.name, decodedStart(new Uint8Array(bytes)));
}

/** PowerShell writes UTF-16 where nobody asks for something else. */
export function decodedStart(bytes: Uint8Array): string {
  const isUtf16 = (first: number, second: number): boolean => bytes[0] === first && bytes[1] === second;
  const encoding = isUtf16(0xff, 0xfe) ? 'utf-16le' : isUtf16(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
