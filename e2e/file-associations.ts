/** The file associations that the package declares, made known to a Linux desktop as an installed package makes them known. */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Association {
  ending: string;
  mimeType: string;
}

const declaration = fileURLToPath(new URL('../electron-builder.yml', import.meta.url));

export async function declaredAssociations(): Promise<Association[]> {
  const text = await readFile(declaration, 'utf8');
  return [...text.matchAll(/^ {2}- ext: (\w+)$[^]*?^ {4}mimeType: (\S+)$/gm)].map(([, ending, mimeType]) => ({
    ending,
    mimeType,
  }));
}

/** What of the desktop's programs is missing here; empty when associations can be tried. */
export function missingDesktopPrograms(): string[] {
  return ['gio', 'update-mime-database'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
}

/**
 * Writes into a data folder (XDG_DATA_HOME) what an installed package leaves there: types of files by their endings, and the
 * program that opens them. `command` is the program with its switches.
 */
export async function declareTo(dataFolder: string, command: readonly string[]): Promise<void> {
  const associations = await declaredAssociations();
  const packages = join(dataFolder, 'mime', 'packages');
  const applications = join(dataFolder, 'applications');
  await Promise.all([packages, applications].map((folder) => mkdir(folder, { recursive: true })));
  const types = associations.map(
    ({ ending, mimeType }) => `<mime-type type="${mimeType}"><glob pattern="*.${ending}" weight="80"/></mime-type>`,
  );
  await writeFile(
    join(packages, 'hopscope.xml'),
    `<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">${types.join('')}</mime-info>`,
  );
  const words = command.map((word) => `"${word}"`).join(' ');
  const mimeTypes = associations.map(({ mimeType }) => `${mimeType};`).join('');
  await writeFile(
    join(applications, 'hopscope.desktop'),
    `[Desktop Entry]\nType=Application\nName=Hopscope\nExec=${words} %U\nMimeType=${mimeTypes}\n`,
  );
  const defaults = associations.map(({ mimeType }) => `${mimeType}=hopscope.desktop;\n`).join('');
  await writeFile(join(applications, 'mimeinfo.cache'), `[MIME Cache]\n${defaults}`);
  const { status, stderr } = spawnSync('update-mime-database', [join(dataFolder, 'mime')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`update-mime-database: ${stderr}`);
}
