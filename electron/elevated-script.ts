import { powerShellLiteral } from '../core/capture/quoting/powershell.ts';

/** Where things lie that the two sides of a capture tell each other. */
export interface ElevatedCapture {
  /** The script, in a folder of the app's; gone as soon as the app has read how the capture ended. */
  readonly scriptFile: string;
  /** SHA-256 of the script's bytes in upper case hexadecimal. */
  readonly scriptHash: string;
  /** Made by the app when the capture is to end. */
  readonly stopFile: string;
  /** Made by the elevated side; others may read there, and only administrators write. */
  readonly guardedFolder: string;
  /** Written by the script in the guarded folder. */
  readonly statusFile: string;
  /** Process id of the app: a capture does not outlive it. */
  readonly appProcess: number;
}

/** Exit codes of what is started, besides those of the script itself. */
export const elevationCodes = { refused: 223, failed: 224, changed: 225, folder: 226, broken: 228 } as const;

const powerShell = String.raw`[IO.Path]::Combine([Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\powershell.exe')`;

/**
 * What runs with the person's own rights: asks Windows to elevate the rest, waits for it, and passes on its exit code. A
 * person who refuses ends it with `elevationCodes.refused`.
 */
export function elevatingScript(capture: ElevatedCapture): string {
  return [
    "$ErrorActionPreference = 'Stop'",
    "$ProgressPreference = 'SilentlyContinue'",
    '$start = New-Object Diagnostics.ProcessStartInfo',
    `$start.FileName = ${powerShell}`,
    `$start.Arguments = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${encodedCommand(elevatedScript(capture))}'`,
    "$start.Verb = 'runas'",
    '$start.UseShellExecute = $true',
    "$start.WindowStyle = 'Hidden'",
    'try { $elevated = [Diagnostics.Process]::Start($start) } catch {',
    '    $cause = $_.Exception',
    '    while ($cause.InnerException) { $cause = $cause.InnerException }',
    `    if ($cause -is [ComponentModel.Win32Exception] -and $cause.NativeErrorCode -eq 1223) { exit ${elevationCodes.refused} }`,
    '    [Console]::Error.WriteLine($cause.Message)',
    `    exit ${elevationCodes.failed}`,
    '}',
    '$elevated.WaitForExit()',
    'exit $elevated.ExitCode',
    '',
  ].join('\n');
}

/**
 * What runs elevated. It runs no file that another program could have changed since the app wrote it: the script's bytes are
 * read once, compared with their hash, and run from a folder that only administrators may write. Nor does it write where
 * somebody else may: a link laid there would have it overwrite any file.
 */
export function elevatedScript(capture: ElevatedCapture): string {
  const { scriptFile, scriptHash, stopFile, guardedFolder, statusFile, appProcess } = capture;
  return [
    "$ErrorActionPreference = 'Stop'",
    `$source = ${powerShellLiteral(scriptFile)}`,
    `$folder = ${powerShellLiteral(guardedFolder)}`,
    `$status = ${powerShellLiteral(statusFile)}`,
    `$wanted = ${powerShellLiteral(stopFile)}`,
    'try {',
    '    $bytes = [IO.File]::ReadAllBytes($source)',
    '    $hash = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes))',
    `    if ($hash.Replace('-', '') -ne '${scriptHash}') { exit ${elevationCodes.changed} }`,
    '    $system = [Environment]::SystemDirectory',
    `    if (Test-Path -LiteralPath $folder) { exit ${elevationCodes.folder} }`,
    '    [void] [IO.Directory]::CreateDirectory($folder)',
    "    $icacls = [IO.Path]::Combine($system, 'icacls.exe')",
    "    & $icacls $folder /setowner '*S-1-5-32-544' | Out-Null",
    "    & $icacls $folder /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-545:(OI)(CI)RX' | Out-Null",
    '    $isGuarded = $LASTEXITCODE -eq 0 -and @(Get-ChildItem -LiteralPath $folder -Force).Count -eq 0',
    `    if (-not $isGuarded) { exit ${elevationCodes.folder} }`,
    "    $script = [IO.Path]::Combine($folder, 'capture.ps1')",
    "    $stop = [IO.Path]::Combine($folder, 'stop')",
    '    [IO.File]::WriteAllBytes($script, $bytes)',
    "    $env:PSModulePath = [IO.Path]::Combine($PSHOME, 'Modules')",
    `    $program = ${powerShell}`,
    '    $words = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$script`" -Action Run -StatusFile `"$status`" -StopFile `"$stop`""',
    '    $capture = Start-Process -FilePath $program -ArgumentList $words -WindowStyle Hidden -PassThru',
    '    [void] $capture.Handle',
    '    while (-not $capture.HasExited) {',
    `        $isAlone = $null -eq (Get-Process -Id ${appProcess} -ErrorAction SilentlyContinue)`,
    '        if (($isAlone -or (Test-Path -LiteralPath $wanted)) -and -not (Test-Path -LiteralPath $stop)) { [IO.File]::WriteAllText($stop, "") }',
    '        Start-Sleep -Milliseconds 300',
    '    }',
    '    for ($wait = 0; $wait -lt 100 -and -not $isAlone -and (Test-Path -LiteralPath $source); $wait++) { Start-Sleep -Milliseconds 300 }',
    '    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue',
    '    exit $capture.ExitCode',
    '} catch {',
    `    exit ${elevationCodes.broken}`,
    '}',
    '',
  ].join('\n');
}

/** As `powershell -EncodedCommand` takes a script: UTF-16 in base64. */
export function encodedCommand(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}
